/// Bytes by their SHA-256, per tenant: originals, attachments, uploads, outgoing mails. Equal bytes are kept once.
///
/// Invariants: a blob is written whole in one transaction; piece 0 names the whole size, and where the bytes are if not here. An object
/// in the bucket has one name for ever, and is the blob only once a row says so; until then the bytes are here. No transaction that
/// writes waits for the bucket. Tables: `blob`, `blob_move`, `blob_removal`.
package dev.posthorn.blob;
