package dev.posthorn.ticket;

import dev.posthorn.search.SearchIndex;
import dev.posthorn.search.SearchIndex.Entry;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what messages and comments are found by: the ticket's number and subject, who wrote to whom, the text, the names of
/// the files.
@ApplicationScoped
class WordReader {
  private final SearchIndex index;
  private final Tickets tickets;
  private final Messages messages;
  private final Comments comments;
  private final Tenants tenants;
  private final CurrentTenant tenant;

  WordReader(SearchIndex index, Tickets tickets, Messages messages, Comments comments, Tenants tenants, CurrentTenant tenant) {
    this.index = index;
    this.tickets = tickets;
    this.messages = messages;
    this.comments = comments;
    this.tenants = tenants;
    this.tenant = tenant;
  }

  /// What somebody else is reading is left to them.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void read(Collection<UUID> ids) {
    var entries = index.lock(ids);
    if (entries.isEmpty()) {
      return;
    }
    var locale = tenants.findById(tenant.value()).locale;
    var ofTicket = byId(tickets.list("id in ?1", entries.stream().map(Entry::ticketId).distinct().toList()), ticket -> ticket.id);
    var mails = byId(messages.list("id in ?1", ids(entries, false)), message -> message.id);
    var files = messages.attachments(mails.keySet());
    var remarks = byId(comments.list("id in ?1", ids(entries, true)), comment -> comment.id);
    for (var entry : entries) {
      var ticket = ofTicket.get(entry.ticketId());
      var own = entry.isComment() ? List.of(remarks.get(entry.id()).text) : texts(mails.get(entry.id()), files.getOrDefault(entry.id(), List.of()));
      index.write(entry.id(), locale, Stream.concat(Stream.of(String.valueOf(ticket.number), ticket.subject), own.stream()).toList());
    }
  }

  /// After a mishap with this one: nothing is found by it, and the others do not wait behind it.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void giveUp(UUID id) {
    index.lock(List.of(id)).forEach(entry -> index.write(entry.id(), "", List.of()));
  }

  private static List<UUID> ids(List<Entry> entries, boolean ofComments) {
    return entries.stream().filter(entry -> entry.isComment() == ofComments).map(Entry::id).toList();
  }

  private static List<String> texts(Message message, List<Attachment> files) {
    var texts = new ArrayList<String>();
    texts.add(message.subject);
    texts.add(message.fromName);
    texts.add(message.fromAddress);
    // Not those in blind copy: that somebody was is seen on the message alone.
    Stream.of(message.parties.to(), message.parties.cc()).flatMap(List::stream).forEach(party -> {
      texts.add(party.name());
      texts.add(party.address());
    });
    files.forEach(file -> texts.add(file.name));
    texts.add(message.text);
    texts.removeIf(text -> text == null);
    return texts;
  }

  private static <T> Map<UUID, T> byId(List<T> rows, Function<T, UUID> id) {
    return rows.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
