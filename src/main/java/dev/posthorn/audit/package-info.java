/// Who did what to which resource, when, from where. Neither content nor secrets.
///
/// - Every write of the API leaves a record, in the very transaction that did it ([dev.posthorn.audit.DeedWatch]): what was rolled
///   back leaves none. So do readings marked [dev.posthorn.audit.AuditedReading], and what others [dev.posthorn.web.Noted].
/// - A worker chains the records of each tenant: each link holds the hash of the one before ([dev.posthorn.audit.Chain]).
///   The platform's own deeds are a chain of their own.
///
/// Invariant: the application's database role may neither change nor delete records and links. Tables: `audit_record`,
/// `audit_seal`, `audit_unsealed`.
package dev.posthorn.audit;
