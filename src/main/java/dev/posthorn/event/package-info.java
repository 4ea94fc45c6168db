/// The journal of what happened. An event is written in the transaction that made it true, and never changed.
///
/// Table: `event`.
package dev.posthorn.event;
