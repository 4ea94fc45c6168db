/// What a tenant's rules make of a mail: conditions and actions, in their order, and what they would have made of past mail.
///
/// Invariants: a rule that is saved names only what exists, and what a rule names is not deleted; every saved change keeps the
/// version before; deciding is pure, so that the same facts under the same rules give the same decision with the same reasons.
/// Tables: `rule`, `rule_revision`, `rule_target`.
package dev.posthorn.routing;
