/// How urgent a ticket is: the priorities of a tenant.
///
/// Invariant: exactly one priority of a tenant is the default. Table: `priority`.
package dev.posthorn.sla;
