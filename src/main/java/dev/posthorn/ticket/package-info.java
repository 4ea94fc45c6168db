/// Tickets: what customers wrote, what was answered, what was said about it, and how far it is.
///
/// Invariants: a ticket has a number of its own, counted per tenant without gaps; an inbound mail is one message; a
/// message never changes, and one that has not left yet can be taken back; by HTTP nobody reaches a ticket, or anything that belongs to one, but through
/// [dev.posthorn.ticket.TicketScope]. Tables: `ticket`, `ticket_counter`, `status`, `participant`, `message`, `thread_ref`,
/// `attachment`, `comment`, `upload`, `template`, `mail_appearance`, `message_seen`, `drafting`, `wrap_up_code`, `wrap_up`.
package dev.posthorn.ticket;
