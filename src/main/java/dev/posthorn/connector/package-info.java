/// The ways to other people's mail systems: the only room that opens sockets to providers.
///
/// Here stands the language that every provider speaks with us: [MailSender] takes a [Dispatch] and answers with one
/// [Delivery] for each recipient, its end told by a [SendOutcome]. A [dev.posthorn.secret.Secret] is what we show to be let in.
///
/// Invariants:
///
/// - A sender gives its verdict in values. Whatever the network does is a [SendOutcome]; an exception is a bug of ours.
/// - Nothing here is transactional and nothing here reads or writes a table.
/// - The bytes of a mail leave as they were composed; envelope recipients never reach a header.
/// - No secret and no content of a mail is in a log line, an exception text or a `toString`.
///
/// The children of this package are strangers to each other; each of them knows one protocol.
package dev.posthorn.connector;
