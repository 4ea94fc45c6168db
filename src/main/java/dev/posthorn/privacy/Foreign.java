package dev.posthorn.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// What somebody left in tickets of others, and in mails that made no ticket. Each method takes away some of it, in the running transaction,
/// and says how much; none where nothing is left.
@ApplicationScoped
class Foreign {
  /// Whoever was here is nobody now (RFC 6761, section 6.4: a domain that never exists).
  static final String NOBODY = "erased@erased.invalid";

  private final Statements statements;
  private final ObjectMapper json;

  Foreign(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  /// Messages that they wrote, from these addresses and numbers: that there was one stays, what it said does not.
  int written(UUID contactId, List<String> addresses, int atMost) {
    var found = statements.ids("""
        select id from message where tenant_id = ? and (contact_id = ? or lower(from_address) = any (?)) and from_address <> 'erased@erased.invalid'
        order by id limit ? for update""", contactId, addresses, atMost);
    if (!found.isEmpty()) {
      originals(found);
      statements.change("delete from attachment where tenant_id = ? and message_id = any (?)", found);
      statements.change("""
          update message set from_name = '', from_address = 'erased@erased.invalid', subject = '(erased)', text = '(erased)', html = null, new_text = null,
            new_text_confidence = null, parties = '{"to":[],"cc":[],"bcc":[],"replyTo":[]}', message_id = null, in_reply_to = '[]', refs = '[]', thread_index = null,
            flaws = '[]', authentication = null, contact_id = null
          where tenant_id = ? and id = any (?)""", found);
    }
    return found.size();
  }

  /// Tickets in which they take part, and messages that name them there.
  int named(List<String> addresses, int atMost) {
    var tickets = statements.ids("""
        select distinct ticket_id from participant where tenant_id = ? and address = any (?) limit ?""", addresses, atMost);
    if (!tickets.isEmpty()) {
      record Named(UUID id, String parties) {}
      for (var message : statements.read("select id, parties::text from message where tenant_id = ? and ticket_id = any (?) for update",
          row -> new Named(row.getObject(1, UUID.class), row.getString(2)), tickets)) {
        without(message.id, message.parties, addresses);
      }
      statements.change("delete from participant where tenant_id = ? and ticket_id = any (?) and address = any (?)", tickets, addresses);
    }
    return tickets.size() + recipients(addresses);
  }

  private void without(UUID message, String parties, List<String> addresses) {
    try {
      var tree = (ObjectNode) json.readTree(parties);
      boolean named = false;
      for (var kind : List.of("to", "cc", "bcc", "replyTo")) {
        for (JsonNode party : tree.path(kind)) {
          if (addresses.contains(party.path("address").asText().toLowerCase(Locale.ROOT))) {
            ((ObjectNode) party).put("name", "").put("address", NOBODY);
            named = true;
          }
        }
      }
      if (named) {
        originals(List.of(message));
        statements.change("update message m set parties = n.parties from (select ?::uuid as tenant_id, ?::jsonb as parties, ?::uuid as id) n "
            + "where m.tenant_id = n.tenant_id and m.id = n.id", json.writeValueAsString(tree), message);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The people of the message " + message + " are no JSON", e);
    }
  }

  /// Texts to them: that one was sent stays, to whom does not. One that no try was made of is not sent any more.
  int texted(List<String> numbers, int atMost) {
    record Text(UUID id, UUID message, String parties) {}
    var texts = statements.read("""
        select o.id, m.id, m.parties::text from outbound_text o left join message m on m.tenant_id = o.tenant_id and m.outbound_text_id = o.id
        where o.tenant_id = ? and o.number = any (?) and (o.state not in ('queued', 'deferred') or o.attempts = 0) limit ? for update of o""",
        row -> new Text(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3)), numbers, atMost);
    if (!texts.isEmpty()) {
      texts.stream().filter(text -> text.message != null).forEach(text -> without(text.message, text.parties, numbers));
      statements.change("""
          update outbound_text set number = '', text = null, last_error = null, state = case when state in ('queued', 'deferred') then 'failed' else state end
          where tenant_id = ? and id = any (?)""", texts.stream().map(Text::id).toList());
    }
    return texts.size();
  }

  /// What was tried and asked for a team's set-up: tests that went to an address of theirs, and what a provider wrote that was to forward it.
  int setUp(List<String> addresses) {
    // A test that came in names them in its original, and says itself of which test it is.
    statements.change("""
        update inbound_mail m set raw_gone_at = coalesce(m.raw_gone_at, now()), envelope_from = '', remote_address = '', helo = '', sender = null, subject = null,
          explanation = null
        from forwarding_test t where m.tenant_id = ? and lower(t.address) = any (?) and m.tenant_id = t.tenant_id and m.channel_id = t.channel_id
          and m.reason = 'forwarding-test' and m.received_at between t.created_at and t.expires_at""", addresses);
    statements.change("""
        update outbound_mail o set raw_gone_at = coalesce(o.raw_gone_at, now())
        from forwarding_test t where o.tenant_id = ? and lower(t.address) = any (?) and o.tenant_id = t.tenant_id and o.id = t.outbound_mail_id""", addresses);
    statements.change("""
        update inbound_mail m set raw_gone_at = coalesce(m.raw_gone_at, now()), sender = null, subject = null, explanation = null
        from forwarding_confirmation c where m.tenant_id = ? and lower(c.address) = any (?) and m.tenant_id = c.tenant_id and m.id = c.inbound_mail_id""", addresses);
    return statements.change("delete from forwarding_test where tenant_id = ? and lower(address) = any (?)", addresses)
        + statements.change("delete from forwarding_confirmation where tenant_id = ? and lower(address) = any (?)", addresses);
  }

  /// Their originals name them too.
  private void originals(List<UUID> messages) {
    statements.change("update message set raw_gone_at = coalesce(raw_gone_at, now()) where tenant_id = ? and id = any (?) and inbound_mail_id is null and outbound_mail_id is null",
        messages);
    statements.change("""
        update inbound_mail i set raw_gone_at = coalesce(i.raw_gone_at, now()), envelope_from = '', remote_address = '', helo = '', explanation = null, sender = null, subject = null
        from message m where m.tenant_id = ? and m.id = any (?) and i.tenant_id = m.tenant_id and i.id = m.inbound_mail_id""", messages);
    statements.change("""
        update outbound_mail o set raw_gone_at = coalesce(o.raw_gone_at, now())
        from message m where m.tenant_id = ? and m.id = any (?) and o.tenant_id = m.tenant_id and o.id = m.outbound_mail_id and o.state not in ('queued', 'deferred')""", messages);
  }

  private int recipients(List<String> addresses) {
    return statements.change("""
        update outbound_recipient r set address = 'erased-' || substr(md5(r.address || r.outbound_mail_id), 1, 12) || '@erased.invalid', server_words = null
        from outbound_mail o where r.tenant_id = ? and lower(r.address) = any (?) and o.tenant_id = r.tenant_id and o.id = r.outbound_mail_id
          and o.state not in ('queued', 'deferred')""", addresses);
  }

  /// Exports that were made while they were here end, and those that are being made are made anew: nobody looks into them for one person.
  void exported() {
    statements.change("update archive set state = 'expired', sha256 = null, detail = 'A contact was erased.', updated_at = now() where tenant_id = ? and kind = 'export' and state = 'done'");
    statements.change("update archive set claimed_at = null, due_at = now() where tenant_id = ? and kind = 'export' and state = 'pending'");
  }

  /// Whether something to them is still on its way.
  boolean isLeaving(List<String> addresses, List<String> numbers) {
    return !statements.read("select 1 from outbound_recipient where tenant_id = ? and lower(address) = any (?) limit 1", row -> row.getInt(1), addresses).isEmpty()
        || !statements.read("select 1 from outbound_text where tenant_id = ? and number = any (?) limit 1", row -> row.getInt(1), numbers).isEmpty();
  }

  /// Mails of theirs that made no message: held back, ignored, failed, waiting.
  int mails(List<String> addresses, int atMost) {
    return statements.change("""
        update inbound_mail m set state = case when m.state in ('pending', 'quarantined', 'failed') then 'ignored' else m.state end,
          reason = case when m.state in ('pending', 'quarantined', 'failed') then 'erased' else m.reason end, settled_at = coalesce(m.settled_at, now()),
          raw_gone_at = coalesce(m.raw_gone_at, now()), envelope_from = '', remote_address = '', helo = '', sender = null, subject = null, explanation = null
        from (select tenant_id, id from inbound_mail where tenant_id = ? and (lower(envelope_from) = any (?) or lower(sender) = any (?)) limit ? for update) found
        where m.tenant_id = found.tenant_id and m.id = found.id""", addresses, addresses, atMost);
  }
}
