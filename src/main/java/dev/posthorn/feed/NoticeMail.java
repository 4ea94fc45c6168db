package dev.posthorn.feed;

import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MessageId;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.Agent;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.ticket.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes one mail to an agent about all that waits. It says which tickets, and nothing of what was written in them. Sent from nobody
/// (RFC 3834, section 3.3) and marked as automatic, so that nothing answers it and no bounce of it becomes a ticket (P-29).
@ApplicationScoped
class NoticeMail {
  private static final int SUBJECT = 80;
  private static final Map<String, String> WORDS = Map.of("ticket.assigned", "is assigned to you", "ticket.transferred", "is handed over to you",
      "message.received", "has a new message", "message.failed", "has a message that could not be sent", "message.bounced", "has a message that came back",
      "ticket.reaction-breached", "should have been answered by now", "ticket.completion-warning", "is to be completed soon",
      "ticket.completion-breached", "should have been completed by now", "ticket.interrupted", "is interrupted: what it came by was deleted");

  private final ForwardingAddresses addresses;
  private final OutboundChannels channels;
  private final Outbox outbox;
  private final NoticeConfig config;
  private final Clock clock;

  NoticeMail(ForwardingAddresses addresses, OutboundChannels channels, Outbox outbox, NoticeConfig config, Clock clock) {
    this.addresses = addresses;
    this.channels = channels;
    this.outbox = outbox;
    this.config = config;
    this.clock = clock;
  }

  /// @return nothing where the agent has no address that mail goes to
  Optional<OutboundMail> send(Agent agent, List<Notice> notices, Map<UUID, Ticket> tickets) {
    return Address.parse(agent.email).map(to -> {
      var from = new Address("Posthorn", addresses.find("active order by id").firstResult().address);
      var lines = lines(notices, tickets);
      var subject = tickets(lines.size()) + " of yours " + (lines.size() == 1 ? "has" : "have") + " news";
      var draft = new Draft(from, List.of(new Address(agent.name, to.address())), List.of(), Optional.empty(), subject, MessageId.fresh(from.domain()), Optional.empty(),
          List.of(), clock.instant(), text(lines), Optional.empty(), List.of(), List.of(),
          List.of(new Header("Auto-Submitted", "auto-generated"), new Header("X-Auto-Response-Suppress", "All")));
      // It repeats what customers wrote, and no ticket names it.
      return outbox.enqueue(Outbox.Parcel.passing(channels.platformRelay().id, "", List.of(to), draft));
    });
  }

  /// One for each ticket, in the order of its first news.
  private static List<String> lines(List<Notice> notices, Map<UUID, Ticket> tickets) {
    return notices.stream().collect(Collectors.groupingBy(notice -> notice.ticketId, LinkedHashMap::new, Collectors.toList())).entrySet().stream()
        .map(one -> {
          var ticket = tickets.get(one.getKey());
          var news = one.getValue().stream().map(notice -> WORDS.getOrDefault(notice.kind, notice.kind)).distinct().collect(Collectors.joining(", "));
          return "#" + ticket.number + " " + CleanText.cut(ticket.subject, SUBJECT) + ": " + news;
        }).toList();
  }

  private String text(List<String> lines) {
    var shown = lines.stream().limit(config.maxLines()).collect(Collectors.joining("\n"));
    int more = lines.size() - config.maxLines();
    return shown + "\n" + (more > 0 ? "... and " + tickets(more) + " more\n" : "");
  }

  private static String tickets(int count) {
    return count == 1 ? "1 ticket" : count + " tickets";
  }
}
