/// Secrets of tenants at rest: passwords, tokens, keys that must be shown to somebody else again, so that a hash will not do.
///
/// - A [dev.posthorn.secret.Secret] never shows itself.
/// - What is stored is sealed by authenticated encryption under a key from configuration, and bound to its tenant, its purpose
///   and its row: a sealed text that is moved to another row does not open.
/// - Rotation is online: the first key seals, all open, and [dev.posthorn.secret.Rotation] seals anew what is under an older one.
///
/// Invariants: no key, no start; a key that still seals something cannot be taken away. Table: `stored_secret`.
package dev.posthorn.secret;
