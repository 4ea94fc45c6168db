/// Where mail becomes durable, once, before anybody is told that it arrived; and the ledger of what became of it.
///
/// Invariants: a row and its bytes are one transaction; (channel, source key) is unique; a row is settled once.
/// Table: `inbound_mail`.
package dev.posthorn.intake;
