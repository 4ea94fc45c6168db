/// HTTP manners: everything a resource needs so that it stays small.
///
/// - **Answers that refuse**: a use case throws [dev.posthorn.web.Refusal] (the caller's doing) or
///   [dev.posthorn.web.Trouble] (the world's); anything else is a bug. Every error leaves as a
///   [dev.posthorn.web.Problem] whose slug stands in [dev.posthorn.web.ProblemKind], wherever it was raised.
/// - **Who calls**: [dev.posthorn.web.ApiKey] by `Authorization: Bearer`, seen by resources as [dev.posthorn.web.Caller].
/// - **Lists**: [dev.posthorn.web.PageRequest] in, [dev.posthorn.web.Page] out.
/// - **Again, or not**: [dev.posthorn.web.Idempotent] on every POST, [dev.posthorn.web.Preconditions] and
///   [dev.posthorn.web.MergePatch] for changes; ETags come by themselves.
///
/// Invariants: no error leaves in another shape than `application/problem+json`; no answer names a class of ours; a key's
/// secret is stored nowhere, only its hash. Tables: `api_key`, `idempotency`.
package dev.posthorn.web;
