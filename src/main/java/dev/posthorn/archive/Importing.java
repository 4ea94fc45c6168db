package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.blob.Blobs;
import dev.posthorn.channel.InboundChannel;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.intake.Arrival;
import dev.posthorn.intake.Intake;
import dev.posthorn.intake.IntakeConfig;
import dev.posthorn.intake.Receipt;
import dev.posthorn.mail.RawMail;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.ticket.ImportedTicket;
import dev.posthorn.ticket.TicketImport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipException;
import org.jboss.logging.Logger;

/// Does an import, item by item, each in a transaction of its own together with the note that it is done: begun again by another node, it goes on
/// with what is left. An item that cannot be is said and stops no other. A long import goes turn by turn, so that other tenants' have theirs.
@ApplicationScoped
class Importing {
  private static final Logger LOG = Logger.getLogger(Importing.class);

  private final Archives archives;
  private final TicketImport tickets;
  private final InboundChannels channels;
  private final Teams teams;
  private final Intake intake;
  private final Blobs blobs;
  private final CurrentTenant tenant;
  private final ArchiveConfig config;
  private final ImportLimits limits;
  private final ObjectMapper json;
  private final Clock clock;

  Importing(Archives archives, TicketImport tickets, InboundChannels channels, Teams teams, Intake intake, IntakeConfig mails, Blobs blobs, CurrentTenant tenant,
      ArchiveConfig config, ObjectMapper json, Clock clock) {
    this.archives = archives;
    this.tickets = tickets;
    this.channels = channels;
    this.teams = teams;
    this.intake = intake;
    this.blobs = blobs;
    this.tenant = tenant;
    this.config = config;
    this.limits = ImportLimits.of(config, mails);
    this.json = json;
    this.clock = clock;
  }

  /// How far one turn is.
  private final class Turn {
    final Archive archive;
    final Inflation inflation;
    final Instant end = clock.instant().plus(config.turn());
    int refused;

    Turn(Archive archive) {
      this.archive = archive;
      this.inflation = new Inflation(archive.inflated(), limits.inflatedBytes());
      this.refused = archive.refused();
    }

    /// @return whether an item is done already
    boolean isPast(int number) {
      if (number > limits.items()) {
        throw new TooMuch("There are more than " + limits.items() + " items in it.");
      }
      return number <= archive.position();
    }

    void done(String column, int number) {
      archives.counted(archive.id(), column, number, inflation.mails());
    }

    void refuse(int number, String item, String why) {
      archives.refused(archive.id(), number, inflation.mails(), refused++, item, why);
      if (refused >= limits.refused()) {
        throw new TooMuch("The first " + refused + " items that could not be imported: it ends here.");
      }
    }

    void endsInTime() {
      if (!clock.instant().isBefore(end)) {
        throw new Over();
      }
    }
  }

  /// The turn is over, and the import is not.
  private static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1;

    Over() {
      super("The turn is over", null, false, false);
    }
  }

  /// Goes on with it for one turn, or to its end.
  void run(Archive archive) throws IOException {
    var file = Files.createTempFile("posthorn-import", null);
    try {
      try (var bytes = blobs.open(archive.sha256())) {
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      }
      read(new Turn(archive), file);
      archives.ended(archive.id(), Archive.DONE, null);
    } catch (Over e) {
      archives.turned(archive.id());
    } catch (StreamConstraintsException e) {
      archives.ended(archive.id(), Archive.FAILED, "One of its texts is longer than " + limits.itemBytes() + " bytes, or it is nested too deeply.");
    } catch (JsonProcessingException | IllegalArgumentException | ZipException | TooMuch e) {
      // What was brought is not what it was said to be; what came before that place is done.
      archives.ended(archive.id(), Archive.FAILED, e instanceof RuntimeException ? e.getMessage() : "It is not " + archive.format() + ".");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void read(Turn turn, Path file) throws IOException {
    var count = new int[1];
    JsonTickets.Taker taker = item -> take(turn, ++count[0], item);
    switch (turn.archive.format()) {
      case "mbox" -> {
        try (var in = Files.newInputStream(file)) {
          MboxMails.each(in, (int) Math.min(limits.mailBytes(), Integer.MAX_VALUE - 16), (number, mail) -> land(turn, number, mail));
        }
      }
      case "zendesk" -> new JsonTickets(limits).each(() -> Files.newInputStream(file), ZendeskTickets::item, taker);
      case "freshdesk" -> new JsonTickets(limits).each(() -> Files.newInputStream(file), (ticket, _) -> FreshdeskTickets.item(ticket), taker);
      default -> {
        try (var zip = new PosthornZip(file, json, limits, turn.inflation)) {
          zip.each(taker);
        }
      }
    }
  }

  /// A ticket.
  private void take(Turn turn, int number, Item item) throws IOException {
    if (turn.isPast(number)) {
      return;
    }
    var key = Archives.key(item.key());
    try {
      var ticket = item.source().read();
      demandFew(ticket);
      QuarkusTransaction.requiringNew().run(() -> {
        var channel = channel(turn.archive.channelId());
        boolean done = archives.take(key) && tickets.write(ticket, channel, teams.findById(channel.teamId)).isPresent();
        turn.done(done ? "imported" : "known", number);
      });
    } catch (TooMuch e) {
      throw e;
    } catch (IllegalArgumentException e) {
      turn.refuse(number, item.name(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "Item %d of the import %s could not be imported", number, turn.archive.id());
      turn.refuse(number, item.name(), "It could not be written (" + e.getClass().getSimpleName() + ").");
    }
    turn.endsInTime();
  }

  private void demandFew(ImportedTicket ticket) {
    if (ticket.entries().size() > limits.messages()) {
      throw new IllegalArgumentException("It has more than " + limits.messages() + " messages and comments.");
    }
  }

  private InboundChannel channel(UUID id) {
    return channels.findByIdOptional(id).orElseThrow(() -> new IllegalArgumentException("The inbound channel is gone."));
  }

  /// A mail: it goes the way of every mail that was there before anybody connected a mailbox.
  private void land(Turn turn, int number, byte[] bytes) {
    if (turn.isPast(number)) {
      return;
    }
    if (bytes == null || bytes.length == 0) {
      turn.refuse(number, "Mail " + number, bytes == null ? "It is larger than " + limits.mailBytes() + " bytes." : "There is nothing in it.");
      return;
    }
    var channelId = turn.archive.channelId();
    try (var mail = RawMail.of(bytes)) {
      var to = QuarkusTransaction.requiringNew().call(() -> channel(channelId).address);
      var receipt = intake.accept(new Arrival(tenant.id(), channelId, mail.sha256().hex(), "", to == null ? "" : to, "", "import", clock.instant(), true,
          Optional.empty()), mail);
      switch (receipt) {
        case Receipt.Stored _ -> turn.done("imported", number);
        case Receipt.Duplicate _ -> turn.done("known", number);
        case Receipt.TooLarge(long limit) -> turn.refuse(number, "Mail " + number, "It is larger than " + limit + " bytes.");
      }
    }
    turn.endsInTime();
  }
}
