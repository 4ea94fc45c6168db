/// Text messages: accounts at gateways, texts that are to leave, and what came in, once.
///
/// A gateway is whatever carries text messages and speaks the contract of `docs/texts.md`; which one that is, and of which
/// provider, is nobody's business here. Like the outbox of mail, this room carries texts and not meaning: it does not know what a
/// ticket is.
///
/// Invariants: a text that a gateway has taken is not given to it again under another id; what a text says is kept here only until
/// it has left. Tables: `text_account`, `outbound_text`, `inbound_text`.
package dev.posthorn.text;
