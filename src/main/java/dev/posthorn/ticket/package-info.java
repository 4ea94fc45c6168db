/// Tickets: what customers wrote, what was answered, what was said about it, and how far it is.
///
/// Invariants: a ticket has a number of its own, counted per tenant without gaps; an inbound mail is one message; a
/// message never changes; by HTTP nobody reaches a ticket, or anything that belongs to one, but through
/// [dev.posthorn.ticket.TicketScope]. Tables: `ticket`, `ticket_counter`, `status`, `participant`, `message`, `thread_ref`,
/// `attachment`, `comment`, `upload`.
package dev.posthorn.ticket;
