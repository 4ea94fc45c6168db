package dev.posthorn.ticket;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.ReplySigner;
import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Signed reply addresses of the current tenant's tickets: `support.acme+r<token>@…`. Who answers to one joins the ticket
/// whatever his mail client did to the headers; nobody can make one by guessing a number.
@ApplicationScoped
public class ReplyAddresses {
  private final ReplySigner signer;
  private final CurrentTenant tenant;

  ReplyAddresses(ReplyKeys keys, CurrentTenant tenant) {
    this.signer = keys.signer();
    this.tenant = tenant;
  }

  /// @param base the forwarding address that answers shall come to
  Address sign(Address base, long number) {
    return dev.posthorn.mail.ReplyAddress.sign(base, signer.token(tenant.value(), number));
  }

  /// The ticket number that an address names with a valid signature.
  public Optional<Long> verify(Address address) {
    var token = dev.posthorn.mail.ReplyAddress.token(address);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    var number = signer.verify(tenant.value(), token.get());
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
