/// The ways in: where mail arrives from outside and is handed to the house.
///
/// `SmtpListener` speaks SMTP for the forwarding addresses. Read downward: `SmtpListener` (life), `SmtpVerbs` (commands),
/// `Transaction` (one mail), `Reception` (the house behind the door); below them the wire: `Connection`, `CommandLines`
/// (what is a command), `DotStream` (what is a mail), `WireInput`.
///
/// Invariants: nobody is told that a mail arrived before it is stored; what fails on our side is a 4xx, so that the sender
/// keeps the mail; the octets handed on are the octets sent; whatever a stranger can make longer, slower or more has a
/// limit; nothing here knows what a ticket is. No tables.
package dev.posthorn.ingress;
