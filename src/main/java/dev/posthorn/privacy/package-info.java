/// What is not kept: contacts and tenants that are erased, what a tenant wants kept for a time only, and bytes that nothing names.
///
/// - A contact is forgotten by [dev.posthorn.privacy.ContactErasure]: the tickets that are theirs are deleted, in those of others they
///   become nobody. Ledgers add up as before, and the audit is whole: neither holds anything of them.
/// - [dev.posthorn.privacy.RetentionRound] takes away what is older than its tenant wants; nothing, unless that was said.
/// - [dev.posthorn.privacy.BlobSweep] takes away bytes that no row names, once they are old enough.
/// - A tenant that is erased is gone at once for everybody who asks, and its rows go step by step ([dev.posthorn.privacy.TenantErasure]).
///
/// Invariants: every step may be done again; replicas share the work by leases. Tables: `retention`, `erasure`.
package dev.posthorn.privacy;
