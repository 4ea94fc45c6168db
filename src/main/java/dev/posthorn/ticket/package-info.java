/// Tickets: what customers wrote, what was answered, what was said about it, and how far it is.
///
/// Invariants: a ticket has a number of its own, counted per tenant without gaps; an inbound mail is one message; a
/// message never changes. Tables: `ticket`, `ticket_counter`, `status`, `participant`, `message`, `thread_ref`,
/// `attachment`, `comment`, `upload`.
package dev.posthorn.ticket;
