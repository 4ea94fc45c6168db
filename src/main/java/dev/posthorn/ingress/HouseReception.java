package dev.posthorn.ingress;

import dev.posthorn.channel.Doors;
import dev.posthorn.intake.Arrival;
import dev.posthorn.intake.Intake;
import dev.posthorn.intake.IntakeConfig;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.TenantId;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes mail from the SMTP listener into the house: each door's tenant gets it in a transaction of its own. If one of
/// several fails the sender keeps the mail and comes again; those who have it already find it by its key.
@ApplicationScoped
class HouseReception implements Reception {
  private final Doors doors;
  private final Intake intake;

  /// @throws ConfigurationException where SMTP would let in what intake refuses: too late to tell the sender
  HouseReception(Doors doors, Intake intake, SmtpConfig smtp, IntakeConfig limits) {
    if (smtp.maxMessageBytes() > limits.maxMailBytes()) {
      throw new ConfigurationException("posthorn.smtp.max-message-bytes must not exceed posthorn.intake.max-mail-bytes");
    }
    this.doors = doors;
    this.intake = intake;
  }

  void check(@Observes StartupEvent start) {
    // Being asked is enough: else the constructor would run, and refuse, with the first mail.
  }

  @Override
  public Optional<Door> door(Address recipient) {
    return doors.find(recipient).map(door -> new Door(door.tenant().value(), door.channelId(), door.recipient()));
  }

  @Override
  public void accept(SmtpEnvelope envelope, List<Door> open, RawMail mail) {
    for (var door : perChannel(open)) {
      intake.accept(new Arrival(new TenantId(door.tenantId()), door.channelId(), mail.sha256().hex(), envelope.sender(),
          door.recipient(), envelope.remoteAddress(), envelope.helo(), envelope.receivedAt()), mail);
    }
  }

  /// One mail to several recipients of one channel is one mail; the recipient with a detail may be a signed reply address.
  private static Collection<Door> perChannel(List<Door> open) {
    return open.stream()
        .collect(Collectors.toMap(Door::channelId, Function.identity(), (a, b) -> a.recipient().contains("+") ? a : b, LinkedHashMap::new))
        .values();
  }
}
