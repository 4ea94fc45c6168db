package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import dev.posthorn.ticket.TicketImport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipException;
import org.jboss.logging.Logger;

/// Does an import, item by item, each in a transaction of its own together with the note that it is done: begun again by another node, it goes on
/// with what is left. An item that cannot be is said and stops no other.
@ApplicationScoped
class Importing {
  private static final Logger LOG = Logger.getLogger(Importing.class);

  private final Archives archives;
  private final TicketImport tickets;
  private final InboundChannels channels;
  private final Teams teams;
  private final Intake intake;
  private final IntakeConfig mails;
  private final Blobs blobs;
  private final CurrentTenant tenant;
  private final ArchiveConfig config;
  private final ObjectMapper json;
  private final Clock clock;

  Importing(Archives archives, TicketImport tickets, InboundChannels channels, Teams teams, Intake intake, IntakeConfig mails, Blobs blobs, CurrentTenant tenant,
      ArchiveConfig config, ObjectMapper json, Clock clock) {
    this.archives = archives;
    this.tickets = tickets;
    this.channels = channels;
    this.teams = teams;
    this.intake = intake;
    this.mails = mails;
    this.blobs = blobs;
    this.tenant = tenant;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  void run(Archive archive) throws IOException {
    archives.begin(archive.id());
    var file = Files.createTempFile("posthorn-import", null);
    try {
      try (var bytes = blobs.open(archive.sha256())) {
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      }
      read(archive, file);
      archives.ended(archive.id(), Archive.DONE, null);
    } catch (JsonProcessingException | IllegalArgumentException | ZipException e) {
      // What was brought is not what it was said to be; what came before that place is done.
      archives.ended(archive.id(), Archive.FAILED, e instanceof IllegalArgumentException ? e.getMessage() : "It is not " + archive.format() + ".");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void read(Archive archive, Path file) throws IOException {
    var count = new int[1];
    JsonTickets.Taker taker = item -> take(archive, ++count[0], item);
    switch (archive.format()) {
      case "mbox" -> {
        try (var in = Files.newInputStream(file)) {
          MboxMails.each(in, (int) Math.min(mails.maxMailBytes(), Integer.MAX_VALUE - 16), (number, mail) -> land(archive, number, mail));
        }
      }
      case "zendesk" -> {
        try (var in = Files.newInputStream(file)) {
          new JsonTickets(config.maxItemBytes()).each(in, ZendeskTickets::item, taker);
        }
      }
      case "freshdesk" -> {
        try (var in = Files.newInputStream(file)) {
          new JsonTickets(config.maxItemBytes()).each(in, (ticket, _) -> FreshdeskTickets.item(ticket), taker);
        }
      }
      default -> {
        try (var zip = new PosthornZip(file, json, config.maxItemBytes(), mails.maxMailBytes(), config.memoryBytes())) {
          zip.each(taker);
        }
      }
    }
  }

  /// A ticket.
  private void take(Archive archive, int number, Item item) throws IOException {
    var key = Archives.key(item.key());
    try (var ticket = item.source().read()) {
      QuarkusTransaction.requiringNew().run(() -> {
        var channel = channel(archive.channelId());
        boolean done = archives.take(key) && tickets.write(ticket, channel, teams.findById(channel.teamId)).isPresent();
        archives.counted(archive.id(), done ? "imported" : "known");
      });
    } catch (IllegalArgumentException e) {
      archives.refused(archive.id(), number, item.name(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "Item %d of the import %s could not be imported", number, archive.id());
      archives.refused(archive.id(), number, item.name(), "It could not be written (" + e.getClass().getSimpleName() + ").");
    }
  }

  private InboundChannel channel(UUID id) {
    return channels.findByIdOptional(id).orElseThrow(() -> new IllegalArgumentException("The inbound channel is gone."));
  }

  /// A mail: it goes the way of every mail that was there before anybody connected a mailbox.
  private void land(Archive archive, int number, byte[] bytes) {
    if (bytes == null || bytes.length == 0) {
      archives.refused(archive.id(), number, "Mail " + number, bytes == null ? "It is larger than " + mails.maxMailBytes() + " bytes." : "There is nothing in it.");
      return;
    }
    try (var mail = RawMail.of(bytes)) {
      var to = QuarkusTransaction.requiringNew().call(() -> channel(archive.channelId()).address);
      var receipt = intake.accept(new Arrival(tenant.id(), archive.channelId(), mail.sha256().hex(), "", to == null ? "" : to, "", "import", clock.instant(), true,
          Optional.empty()), mail);
      switch (receipt) {
        case Receipt.Stored _ -> archives.counted(archive.id(), "imported");
        case Receipt.Duplicate _ -> archives.counted(archive.id(), "known");
        case Receipt.TooLarge(long limit) -> archives.refused(archive.id(), number, "Mail " + number, "It is larger than " + limit + " bytes.");
      }
    }
  }
}
