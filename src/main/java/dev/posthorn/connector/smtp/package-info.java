/// Mail leaves by SMTP (RFC 5321): the platform's own relay, and any account that speaks it.
///
/// [dev.posthorn.connector.smtp.SmtpSender] keeps a few lines to one [dev.posthorn.connector.smtp.SmtpAccount] and walks
/// one mail over one of them; [dev.posthorn.connector.smtp.PlatformRelay] is the account of `quarkus.mailer.*`.
///
/// Invariants:
///
/// - The bytes that arrive are the bytes that were composed: dots are stuffed, line ends are CRLF, nothing else is touched.
/// - It is always known whether the final dot was sent; only then may an end be unknown.
/// - What goes wrong before the mail itself was named (connect, greeting, TLS, login) is never held against the mail.
/// - A password travels only in a line whose encryption was demanded, or that the operator opened in clear on purpose.
package dev.posthorn.connector.smtp;
