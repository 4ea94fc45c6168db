/// The whole inbound story and no table of its own: claim → parse → place → file.
///
/// Invariants: an inbound mail ends as exactly one thing, in the transaction that made it so; a mail that cannot be filed
/// stops no other.
package dev.posthorn.triage;
