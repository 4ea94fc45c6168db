/// A tenant's data on its way out and in.
///
/// - An export is a zip of JSON lines and of mails as they are (`.eml` and one mbox), made by a worker, fetched by an authenticated URL
///   until it expires ([dev.posthorn.archive.ExportWriting]).
/// - An import reads such a zip, an mbox, or what Zendesk and Freshdesk export as JSON ([dev.posthorn.archive.Importing]). Mails keep their
///   Message-IDs. Nobody is written to for what is imported.
///
/// Invariants: what was imported once is not imported again; an item that cannot be is said and stops no other; another node may go on
/// where one died. Tables: `archive`, `imported_item`, `import_fault`.
package dev.posthorn.archive;
