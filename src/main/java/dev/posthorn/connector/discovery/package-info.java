/// Where a mail domain has its servers, asked of those who publish it: the domain's name server (SRV records of RFC 6186 and RFC 8314,
/// MX), and the file that mail programs read (`autoconfig`). Nothing here knows a password, and nothing is believed without being
/// shown to somebody first.
///
/// Invariant: every host is a stranger's; it is reached as one ([dev.posthorn.wire.Reach]).
package dev.posthorn.connector.discovery;
