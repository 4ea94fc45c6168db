package dev.posthorn.ticket;

import dev.posthorn.intake.Explanation.Circumstances;
import dev.posthorn.intake.Explanation.Finding;
import dev.posthorn.intake.Explanation.Note;
import dev.posthorn.intake.Explanation.Ruling;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.outbox.OutboundMail;
import dev.posthorn.outbox.Outbox;
import dev.posthorn.tenant.Ids;
import dev.posthorn.text.OutboundText;
import dev.posthorn.text.TextOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// How a message came to be what and where it is: its reasons, and the steps of its way.
@ApplicationScoped
class MessageHistory {
  private final TicketScope scope;
  private final InboundMails inboundMails;
  private final Outbox outbox;
  private final TextOutbox texts;

  MessageHistory(TicketScope scope, InboundMails inboundMails, Outbox outbox, TextOutbox texts) {
    this.scope = scope;
    this.inboundMails = inboundMails;
    this.outbox = outbox;
    this.texts = texts;
  }

  /// Every decision about a message, with its evidence.
  ///
  /// @param version of this form: fields are added to it, never changed in meaning
  /// @param outcome what the mail became: `ticketed` or `threaded`; null for outbound messages
  /// @param decidedBy the evidence that decided in which ticket it is; for outbound messages, which level chose the way out
  /// @param threading what was looked at to find its ticket, in order of strength, up to what decided
  /// @param notes what else was decided
  /// @param rules the rules that were asked, with the conditions that were looked at and what was found
  /// @param circumstances how things stood then; null where nobody kept it
  @Schema(name = "MessageExplanation")
  record ExplanationView(int version, UUID messageId, UUID ticketId, String outcome, String decidedBy, List<Finding> threading, List<Note> notes,
      List<Ruling> rules, Circumstances circumstances) {}

  /// The way of a message.
  @Schema(name = "Trace")
  record TraceView(UUID messageId, List<Step> steps) {}

  /// @param step inbound: `received`, `stored`, `released`, `claimed`, `parsed`, `filed`; outbound: `queued`, `attempted`, `sent`, of texts `delivered`, `failed`
  /// @param at of `attempted` the beginning of the last one
  /// @param detail what there is to say of it, for example how many attempts there were; null for nothing
  @Schema(name = "TraceStep")
  record Step(String step, Instant at, String detail) {}

  @Transactional
  ExplanationView explanation(UUID messageId) {
    var message = scope.message(messageId);
    var mail = inbound(message);
    if (mail == null || mail.explanation == null) {
      var by = message.direction.equals(Message.INBOUND) ? message.placedBy : message.channelChosenBy;
      return new ExplanationView(1, message.id, message.ticketId, mail == null ? null : mail.state, by, List.of(), notes(message), List.of(), null);
    }
    var kept = mail.explanation;
    var notes = new ArrayList<>(notes(message));
    notes.addAll(kept.notes());
    return new ExplanationView(kept.version(), message.id, message.ticketId, kept.outcome().word(), kept.decidedBy(), kept.threading(), notes,
        kept.rules(), kept.circumstances());
  }

  private static List<Note> notes(Message message) {
    var notes = new ArrayList<Note>();
    if (message.newTextConfidence != null) {
      notes.add(new Note("new-text", "What is new was found with " + message.newTextConfidence + " confidence."));
    }
    message.flaws.forEach(flaw -> notes.add(new Note("flaw", flaw)));
    if (message.channelChosenBy != null) {
      notes.add(new Note("outbound-channel", "The way out was chosen by: " + message.channelChosenBy + "."));
    }
    return notes;
  }

  @Transactional
  TraceView trace(UUID messageId) {
    var message = scope.message(messageId);
    var steps = new ArrayList<Step>();
    var mail = inbound(message);
    if (mail != null) {
      steps.add(new Step("received", mail.receivedAt, mail.remoteAddress));
      steps.add(new Step("stored", Ids.time(mail.id), null));
      add(steps, "released", mail.releasedAt, null);
      add(steps, "claimed", mail.claimedAt, "attempt " + mail.attempts);
      add(steps, "parsed", mail.parsedAt, null);
      add(steps, "filed", mail.settledAt, mail.reason);
    }
    if (message.outboundMailId != null) {
      outbox.byIds(List.of(message.outboundMailId)).values().forEach(sent -> sending(steps, sent));
    }
    if (message.outboundTextId != null) {
      texts.byIds(List.of(message.outboundTextId)).values().forEach(sent -> sending(steps, sent));
    }
    return new TraceView(messageId, steps);
  }

  private static void sending(List<Step> steps, OutboundMail mail) {
    steps.add(new Step("queued", mail.createdAt, null));
    add(steps, "attempted", mail.attemptedAt, mail.attempts + (mail.lastError == null ? "" : ", last: " + mail.lastError));
    add(steps, "sent", mail.sentAt, null);
    if (mail.state.equals("failed")) {
      steps.add(new Step("failed", mail.attemptedAt, mail.lastError));
    }
  }

  private static void sending(List<Step> steps, OutboundText text) {
    steps.add(new Step("queued", text.createdAt, null));
    add(steps, "attempted", text.attemptedAt, text.attempts + (text.lastError == null ? "" : ", last: " + text.lastError));
    add(steps, "sent", text.sentAt, null);
    add(steps, "delivered", text.deliveredAt, null);
    if (text.state.equals(OutboundText.FAILED)) {
      steps.add(new Step("failed", text.attemptedAt == null ? text.createdAt : text.attemptedAt, text.lastError));
    }
  }

  private static void add(List<Step> steps, String step, Instant at, String detail) {
    if (at != null) {
      steps.add(new Step(step, at, detail));
    }
  }

  private InboundMail inbound(Message message) {
    return message.inboundMailId == null ? null : inboundMails.findById(message.inboundMailId);
  }
}
