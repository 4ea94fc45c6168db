/// What a mail is. Bytes go in, records come out, and the other way round.
///
/// | way | call |
/// |---|---|
/// | bytes arrive | [Spool] collects and hashes them → [RawMail] |
/// | bytes become meaning | [MailParser#parse(RawMail)] → [Parsed]: a [Mail], or why not |
/// | what holds others | attached mails, [CmsEnvelope], [TnefWalk], [UuencodedFiles]: opened one by one from a list, [Waiting] |
/// | which conversation | [ThreadClues], [BaseSubject], [ReplySigner], [ReplyAddresses] |
/// | what is new in it | [QuoteSplitter] |
/// | what a browser may show | [HtmlSanitizer], [OutgoingHtml], [HtmlText] |
/// | meaning becomes bytes | [Draft] → [MailComposer] → [RawMail] |
///
/// Invariants:
/// - No content of a mail makes this room throw, recurse or run longer than linearly: every walk has a budget
///   ([MailLimits]), and what does not fit is kept whole and named in [Mail#flaws()].
/// - No text that leaves here holds a NUL or half a surrogate pair (PostgreSQL refuses both), and nothing meant for a
///   header line holds CR, LF or another control character.
/// - Bytes of attachments are never changed. Those that are too many for memory lie in a temporary file without a name,
///   which is gone when its owner is closed or the process dies.
/// - `toString` shows sizes and counts, never content.
///
/// Pure: the JDK and MIME libraries only, no clock but the one that [MailParser] is given for its time budget, no
/// configuration, no tables.
package dev.posthorn.mail;
