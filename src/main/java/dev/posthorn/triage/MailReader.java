package dev.posthorn.triage;

import dev.posthorn.blob.Blobs;
import dev.posthorn.channel.InboundChannel;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.IntakeConfig;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.Spool;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.trust.Authentication;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Fetches the bytes of claimed mails in one short transaction and reads them outside of any.
@ApplicationScoped
class MailReader {
  private final InboundMails inboundMails;
  private final InboundChannels channels;
  private final Teams teams;
  private final Blobs blobs;
  private final IntakeConfig intake;
  private final IncomingMaker incoming;
  private final Judging judging;
  private final Clock clock;
  private final MailParser parser;

  MailReader(InboundMails inboundMails, InboundChannels channels, Teams teams, Blobs blobs, IntakeConfig intake, ParserConfig parsing,
      Clock clock, IncomingMaker incoming, Judging judging) {
    this.inboundMails = inboundMails;
    this.channels = channels;
    this.teams = teams;
    this.blobs = blobs;
    this.intake = intake;
    this.incoming = incoming;
    this.judging = judging;
    this.clock = clock;
    this.parser = new MailParser(limits(parsing), clock);
  }

  private static MailLimits limits(ParserConfig config) {
    return new MailLimits(config.maxParts(), config.maxDepth(), config.maxHeaders(), config.maxFieldBytes(), config.maxHeaderBytes(),
        config.maxPartBytes(), config.maxTotalBytes(), config.maxTextBytes(), config.memoryBytes(), config.maxTime());
  }

  /// A claimed mail with its bytes, and where it came in.
  record Fetched(InboundMail row, InboundChannel channel, Team team, RawMail raw, Instant claimedAt) {}

  List<Fetched> fetch(Collection<UUID> ids) {
    return QuarkusTransaction.requiringNew().call(() -> withBytes(inboundMails.pending(ids)));
  }

  /// The same for a mail that is filed already; empty if there is none.
  Optional<Fetched> fetchFiled(UUID id) {
    return QuarkusTransaction.requiringNew().call(() -> withBytes(inboundMails.list("id", id)).stream().findFirst());
  }

  private List<Fetched> withBytes(List<InboundMail> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    var ofChannel = byId(channels.list("id in ?1", rows.stream().map(row -> row.channelId).distinct().toList()), row -> row.id);
    var ofTeam = byId(teams.list("id in ?1", ofChannel.values().stream().map(row -> row.teamId).distinct().toList()), row -> row.id);
    var bytes = blobs.openAll(rows.stream().map(row -> Sha256.of(row.sha256)).distinct().toList());
    var claimedAt = clock.instant();
    var fetched = new ArrayList<Fetched>();
    for (var row : rows) {
      var channel = ofChannel.get(row.channelId);
      fetched.add(new Fetched(row, channel, ofTeam.get(channel.teamId), raw(row, bytes.get(Sha256.of(row.sha256))), claimedAt));
    }
    return fetched;
  }

  /// Reads mails and finds out who sent them: from here on the network is not asked any more.
  List<Reading> read(List<Fetched> fetched) {
    return read(fetched, parsed -> judging.judge(fetched, parsed));
  }

  /// Reads a mail that was read before; who sent it was asked when it came, and cannot be asked any more.
  Reading readAgain(Fetched fetched) {
    return read(List.of(fetched), _ -> List.of(Authentication.NONE)).getFirst();
  }

  private List<Reading> read(List<Fetched> fetched, Function<List<Parsed>, List<Authentication>> senders) {
    var parsed = new ArrayList<Parsed>();
    try {
      fetched.forEach(one -> parsed.add(parser.parse(one.raw)));
      var judged = senders.apply(parsed);
      var readings = new ArrayList<Reading>();
      for (int i = 0; i < fetched.size(); i++) {
        readings.add(reading(fetched.get(i), parsed.get(i), judged.get(i)));
      }
      return readings;
    } catch (RuntimeException | Error e) {
      parsed.forEach(Parsed::close);
      fetched.forEach(one -> one.raw.close());
      throw e;
    }
  }

  private Reading reading(Fetched one, Parsed parsed, Authentication sender) {
    var mail = incoming.make(one, parsed, sender.senderVerified());
    return new Reading(mail, one.channel, one.team, parsed, one.raw, new Reading.Times(one.claimedAt, clock.instant()),
        one.row.releasedAt != null, Screening.screen(parsed, Judging.returnPath(one)), sender);
  }

  private RawMail raw(InboundMail row, InputStream bytes) {
    var spool = new Spool(row.size, intake.memoryBytes());
    try (bytes) {
      bytes.transferTo(spool);
      return spool.toRawMail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Map<UUID, T> byId(List<T> rows, Function<T, UUID> id) {
    return rows.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
