/// How urgent a ticket is and by when something has to happen: priorities with their three times, calendars of business
/// hours, and the two clocks of a ticket, read by pure functions from what happened to it.
///
/// Invariants: exactly one priority of a tenant is the default; an alarm comes before its completion; a calendar has some
/// working time. Tables: `priority`, `calendar`.
package dev.posthorn.sla;
