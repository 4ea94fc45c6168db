package dev.posthorn.ticket;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.ThreadIndex;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The mails of tickets, with their attachments.
@ApplicationScoped
public class Messages implements PanacheRepositoryBase<Message, UUID> {
  private static final int FIRST_REFS = 5;
  private static final int LAST_REFS = 45;

  private final EntityManager entities;
  private final Blobs blobs;
  private final Clock clock;

  Messages(EntityManager entities, Blobs blobs, Clock clock) {
    this.entities = entities;
    this.blobs = blobs;
    this.clock = clock;
  }

  /// Writes an inbound mail into a ticket, attachments included.
  public void add(UUID id, Incoming mail, Standing standing, UUID ticketId, UUID contactId, String placedBy) {
    var message = new Message();
    message.id = id;
    message.ticketId = ticketId;
    message.direction = Message.INBOUND;
    message.channel = Message.EMAIL;
    fill(message, mail);
    message.receivedAt = mail.receivedAt();
    message.contactId = contactId;
    message.sha256 = mail.sha256().bytes();
    message.size = mail.size();
    message.inboundMailId = mail.inboundMailId();
    message.placedBy = placedBy;
    message.classification = standing.classification().word();
    message.authentication = standing.authentication();
    message.createdAt = clock.instant();
    persist(message);
    attach(message.id, mail.attachments(), List.of());
  }

  /// Writes a text message, in or out.
  public void addText(Message text) {
    text.channel = Message.TEXT;
    text.subject = "";
    text.inReplyTo = List.of();
    text.refs = List.of();
    text.flaws = List.of();
    var bytes = text.text.getBytes(StandardCharsets.UTF_8);
    text.sha256 = Sha256.digest(bytes).bytes();
    text.size = bytes.length;
    text.createdAt = clock.instant();
    text.receivedAt = text.receivedAt == null ? text.createdAt : text.receivedAt;
    persistAndFlush(text);
  }

  /// Writes a mail that another system had into a ticket, attachments included.
  void addImported(Incoming mail, boolean outbound, UUID ticketId, UUID contactId) {
    var message = new Message();
    message.id = Ids.next();
    message.ticketId = ticketId;
    message.direction = outbound ? Message.OUTBOUND : Message.INBOUND;
    message.channel = Message.EMAIL;
    fill(message, mail);
    message.receivedAt = mail.receivedAt();
    message.contactId = contactId;
    message.sha256 = mail.sha256().bytes();
    message.size = mail.size();
    message.placedBy = "import";
    message.createdAt = clock.instant();
    persist(message);
    attach(message.id, mail.attachments(), List.of());
    // One of thousands perhaps: its words are not kept in memory until the transaction ends.
    flush();
    getEntityManager().detach(message);
  }

  /// Writes what a mail says now, as it is read again, over what it said before. An attachment whose bytes are the same keeps
  /// its id, first of all the one in the same place.
  void rewrite(Message message, Incoming mail) {
    fill(message, mail);
    attach(message.id, mail.attachments(), attachments(List.of(message.id)).getOrDefault(message.id, List.of()));
  }

  private static void fill(Message message, Incoming mail) {
    message.fromName = mail.sender().name();
    message.fromAddress = mail.sender().address();
    message.parties = new Message.Parties(parties(mail.to()), parties(mail.cc()), List.of(), parties(mail.replyTo()));
    message.subject = mail.subject();
    message.messageId = mail.messageId().map(MessageId::value).orElse(null);
    message.inReplyTo = mail.inReplyTo().stream().map(MessageId::value).toList();
    message.refs = mail.references().stream().map(MessageId::value).toList();
    message.threadIndex = mail.threadIndex().map(ThreadIndex::value).orElse(null);
    message.sentAt = mail.sentAt().orElse(null);
    message.text = mail.text();
    message.html = mail.html().orElse(null);
    message.newText = mail.split().newText().equals(mail.text()) ? null : mail.split().newText();
    message.newTextConfidence = mail.split().confidence().word();
    message.flaws = mail.flaws();
  }

  private void attach(UUID messageId, List<dev.posthorn.mail.Attachment> attachments, List<Attachment> before) {
    var left = new ArrayList<>(before);
    int position = 0;
    for (var file : attachments) {
      blobs.put(file.sha256(), file.size(), file.open());
      var same = left.stream().filter(row -> Arrays.equals(row.sha256, file.sha256().bytes())).toList();
      var row = same.stream().filter(one -> one.path.equals(file.path())).findFirst().or(() -> same.stream().findFirst()).orElseGet(Attachment::new);
      left.remove(row);
      row.id = row.id == null ? Ids.next() : row.id;
      row.messageId = messageId;
      row.position = position++;
      row.name = file.name();
      row.contentType = file.contentType();
      row.size = file.size();
      row.sha256 = file.sha256().bytes();
      row.inline = file.inline();
      row.contentId = file.contentId().orElse(null);
      row.path = file.path();
      entities.persist(row);
    }
    left.forEach(entities::remove);
  }

  void attach(Attachment row) {
    entities.persist(row);
  }

  /// The ids by which a later mail may be found to belong to the same ticket: the mail's own, and those it refers to, the
  /// first and the last ones where there are very many.
  public static List<ThreadRefs.ThreadRef> threadRefs(UUID ticketId, Optional<MessageId> own, List<MessageId> inReplyTo, List<MessageId> references) {
    var refs = new ArrayList<ThreadRefs.ThreadRef>();
    own.ifPresent(id -> refs.add(new ThreadRefs.ThreadRef(ThreadRefs.ref(id), ticketId, true)));
    bounded(inReplyTo, references).forEach(id -> refs.add(new ThreadRefs.ThreadRef(ThreadRefs.ref(id), ticketId, false)));
    return refs;
  }

  /// What a mail refers to, in order of strength: In-Reply-To, then References from the newest to the oldest.
  public static List<MessageId> bounded(List<MessageId> inReplyTo, List<MessageId> references) {
    var newestFirst = references.reversed();
    var kept = newestFirst.size() <= FIRST_REFS + LAST_REFS
        ? newestFirst.stream()
        : Stream.concat(newestFirst.stream().limit(LAST_REFS), newestFirst.stream().skip(newestFirst.size() - FIRST_REFS));
    return Stream.concat(inReplyTo.stream().limit(FIRST_REFS), kept).distinct().toList();
  }

  /// The same for conversations as programs count them: whoever is in one is in the ticket.
  public static List<ThreadRefs.ThreadRef> conversationRefs(UUID ticketId, List<String> conversations) {
    return conversations.stream().map(name -> new ThreadRefs.ThreadRef(ThreadRefs.conversation(name), ticketId, true)).toList();
  }

  static List<Message.Party> parties(List<Address> addresses) {
    return addresses.stream().map(address -> new Message.Party(address.name(), address.address())).toList();
  }

  Map<UUID, List<Attachment>> attachments(Collection<UUID> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    return entities.createQuery("from Attachment where messageId in ?1 order by messageId, position", Attachment.class)
        .setParameter(1, messages)
        .getResultStream()
        .collect(Collectors.groupingBy(row -> row.messageId));
  }

  Optional<Attachment> attachment(UUID id) {
    return Optional.ofNullable(entities.find(Attachment.class, id));
  }

  /// Whether the original of a message is not kept any more, or is just being given up.
  boolean isRawGone(Message message) {
    return (Boolean) entities.createNativeQuery("""
            select exists (select from message m where m.tenant_id = current_tenant() and m.id = :id and (m.raw_gone_at is not null
              or exists (select from inbound_mail i where i.tenant_id = m.tenant_id and i.id = m.inbound_mail_id and i.raw_gone_at is not null)
              or exists (select from outbound_mail o where o.tenant_id = m.tenant_id and o.id = m.outbound_mail_id and o.raw_gone_at is not null)))""", Boolean.class)
        .setParameter("id", message.id).getSingleResult();
  }

  /// Which ticket a message belongs to.
  Optional<UUID> ticketOf(UUID messageId) {
    return entities.createQuery("select ticketId from Message where id = ?1", UUID.class)
        .setParameter(1, messageId)
        .getResultStream().findFirst();
  }

  /// In the order of time.
  ///
  /// @param after null for the first page
  List<Message> page(UUID ticketId, Cursor after, int atMost) {
    var rows = after == null
        ? find("ticketId = ?1 order by id", ticketId)
        : find("ticketId = ?1 and id > ?2 order by id", ticketId, after.id());
    return rows.page(0, atMost).list();
  }

  /// The newest that somebody wrote: a confirmation of ours is no news.
  Optional<Message> newest(UUID ticketId) {
    return find("ticketId = ?1 and (direction = 'inbound' or classification = 'ordinary') order by id desc", ticketId).firstResultOptional();
  }

  /// The newest mail that somebody wrote, whatever else was written since.
  Optional<Message> newestMail(UUID ticketId) {
    return find("ticketId = ?1 and channel = 'email' and (direction = 'inbound' or classification = 'ordinary') order by id desc", ticketId).firstResultOptional();
  }

  Optional<Message> newestInboundMail(UUID ticketId) {
    return find("ticketId = ?1 and channel = 'email' and direction = 'inbound' order by id desc", ticketId).firstResultOptional();
  }

  /// The newest text that came from the customer.
  Optional<Message> newestInboundText(UUID ticketId) {
    return find("ticketId = ?1 and channel = 'text' and direction = 'inbound' order by id desc", ticketId).firstResultOptional();
  }

  Optional<Message> newestInbound(UUID ticketId) {
    return find("ticketId = ?1 and direction = 'inbound' order by id desc", ticketId).firstResultOptional();
  }
}
