/// The agents' desk: who is available, which ticket is offered to whom, and what becomes of an offer.
///
/// Invariants: a ticket is offered to one agent at a time (a unique index says so); only who is available is offered anything; an
/// offer that is not taken in time takes its agent out of the round and leaves the ticket where it was in its queue, with its age.
/// Tables: `offer`, `offer_round`; the agents' states stand in `agent`.
package dev.posthorn.desk;
