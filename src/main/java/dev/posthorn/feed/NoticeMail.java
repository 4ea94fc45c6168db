package dev.posthorn.feed;

import dev.posthorn.channel.OutboundChannels;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.Draft;
import dev.posthorn.mail.Header;
import dev.posthorn.mail.MailLanguages;
import dev.posthorn.mail.MessageId;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.team.Agent;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.ticket.Ticket;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes one mail to an agent about all that waits, in the tenant's language. It says which tickets, and nothing of what was written in them. Sent from nobody
/// (RFC 3834, section 3.3) and marked as automatic, so that nothing answers it and no bounce of it becomes a ticket (P-29).
@ApplicationScoped
class NoticeMail {
  private static final int SUBJECT = 80;

  private final ForwardingAddresses addresses;
  private final OutboundChannels channels;
  private final Outbox outbox;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final NoticeConfig config;
  private final Clock clock;

  NoticeMail(ForwardingAddresses addresses, OutboundChannels channels, Outbox outbox, Tenants tenants, CurrentTenant current, NoticeConfig config, Clock clock) {
    this.tenants = tenants;
    this.current = current;
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
      var words = words(tenants.findById(current.value()).locale);
      var lines = lines(words, notices, tickets);
      var draft = new Draft(from, List.of(new Address(agent.name, to.address())), List.of(), Optional.empty(), words.subject(lines.size()), MessageId.fresh(from.domain()), Optional.empty(),
          List.of(), clock.instant(), text(words, lines), Optional.empty(), List.of(), List.of(),
          List.of(new Header("Auto-Submitted", "auto-generated"), new Header("X-Auto-Response-Suppress", "All")));
      // It repeats what customers wrote, and no ticket names it.
      return outbox.enqueue(Outbox.Parcel.passing(channels.platformRelay().id, "", List.of(to), draft));
    });
  }

  private static NoticeWords words(String locale) {
    return MailLanguages.of(locale).map(language -> MessageBundles.get(NoticeWords.class, Localized.Literal.of(language)))
        .orElseGet(() -> MessageBundles.get(NoticeWords.class));
  }

  /// One for each ticket, in the order of its first news.
  private static List<String> lines(NoticeWords words, List<Notice> notices, Map<UUID, Ticket> tickets) {
    return notices.stream().collect(Collectors.groupingBy(notice -> notice.ticketId, LinkedHashMap::new, Collectors.toList())).entrySet().stream()
        .map(one -> {
          var ticket = tickets.get(one.getKey());
          var news = one.getValue().stream().map(notice -> news(words, notice.kind)).distinct().collect(Collectors.joining(", "));
          return "#" + ticket.number + " " + CleanText.cut(ticket.subject, SUBJECT) + ": " + news;
        }).toList();
  }

  private static String news(NoticeWords words, String kind) {
    return switch (kind) {
      case "ticket.assigned" -> words.assigned();
      case "ticket.transferred" -> words.transferred();
      case "message.received" -> words.received();
      case "message.failed" -> words.failed();
      case "message.bounced" -> words.bounced();
      case "ticket.reaction-breached" -> words.late();
      case "ticket.completion-warning" -> words.soon();
      case "ticket.completion-breached" -> words.overdue();
      case "ticket.interrupted" -> words.interrupted();
      default -> kind;
    };
  }

  private String text(NoticeWords words, List<String> lines) {
    var shown = lines.stream().limit(config.maxLines()).collect(Collectors.joining("\n"));
    int more = lines.size() - config.maxLines();
    return shown + "\n" + (more > 0 ? words.more(more) + "\n" : "");
  }
}
