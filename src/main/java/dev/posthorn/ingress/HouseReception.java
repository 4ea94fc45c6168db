package dev.posthorn.ingress;

import dev.posthorn.channel.Doors;
import dev.posthorn.intake.Arrival;
import dev.posthorn.intake.Intake;
import dev.posthorn.intake.Receipt;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// Takes mail from the SMTP listener into the house: each door's tenant gets it in a transaction of its own. If one of
/// several fails the sender keeps the mail and comes again; those who have it already find it by its key.
@ApplicationScoped
class HouseReception implements Reception {
  private final Doors doors;
  private final Intake intake;

  HouseReception(Doors doors, Intake intake) {
    this.doors = doors;
    this.intake = intake;
  }

  @Override
  public Optional<Door> door(Address recipient) {
    return doors.find(recipient).map(door -> new Door(door.tenant().value(), door.channelId(), door.recipient()));
  }

  @Override
  public void accept(SmtpEnvelope envelope, List<Door> open, RawMail mail) {
    for (var door : open) {
      var arrival = new Arrival(new TenantId(door.tenantId()), door.channelId(), mail.sha256().hex(), envelope.sender(),
          door.recipient(), envelope.remoteAddress(), envelope.helo(), envelope.receivedAt());
      if (intake.accept(arrival, mail) instanceof Receipt.TooLarge(long limit)) {
        // The listener's own limit is to be the smaller one: it can say 552, here it is too late.
        throw new IllegalStateException("posthorn.smtp.max-message-bytes exceeds posthorn.intake.max-mail-bytes (" + limit + ")");
      }
    }
  }
}
