/// Bytes by their SHA-256, per tenant: originals, attachments, uploads, outgoing mails. Equal bytes are kept once.
///
/// Invariant: a blob is written whole in one transaction; piece 0 names the whole size. Table: `blob`.
package dev.posthorn.blob;
