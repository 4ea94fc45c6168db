package dev.posthorn.ingress;

import java.time.Instant;
import java.util.List;

/// What SMTP says about a mail beside its bytes; no `Received` field is written into the mail, this is kept instead.
///
/// @param sender        the reverse path, `""` for the null sender (RFC 5321 4.5.5)
/// @param recipients    the accepted forward paths in order, each address once
/// @param remoteAddress the client's IP address, behind a balancer the one from the PROXY header
/// @param helo          what the client called itself; a claim, nothing more
/// @param tls           whether the mail came over TLS
/// @param receivedAt    when its last octet was here
record SmtpEnvelope(
    String sender, List<String> recipients, String remoteAddress, String helo, boolean tls, Instant receivedAt) {

  SmtpEnvelope {
    recipients = List.copyOf(recipients);
  }
}
