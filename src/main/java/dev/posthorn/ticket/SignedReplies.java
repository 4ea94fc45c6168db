package dev.posthorn.ticket;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.ReplyAddresses;
import dev.posthorn.mail.ReplySigner;
import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;

/// Signed reply addresses of the current tenant's tickets: `support.acme+r<token>@…`. Who answers to one joins the ticket
/// whatever his mail client did to the headers; nobody can make one by guessing a number.
@ApplicationScoped
public class SignedReplies {
  private final ReplySigner signer;
  private final CurrentTenant tenant;

  SignedReplies(ReplyKeys keys, CurrentTenant tenant) {
    this.signer = keys.signer();
    this.tenant = tenant;
  }

  /// @param base the forwarding address that answers shall come to
  Address sign(Address base, long number) {
    return ReplyAddresses.sign(base, signer.token(tenant.value(), number));
  }

  /// The ticket number that a reply token names with a valid signature.
  public OptionalLong verify(String token) {
    return signer.verify(tenant.value(), token);
  }
}
