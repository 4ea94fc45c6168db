package dev.posthorn.ticket;

import dev.posthorn.mail.HtmlSanitizer;
import dev.posthorn.mail.HtmlText;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/// An agent says something about a ticket to the others. It is written down and goes nowhere (TH-41).
@ApplicationScoped
class Remark {
  private final TicketScope scope;
  private final Caller caller;
  private final Comments comments;
  private final TicketConfig config;
  private final Clock clock;

  Remark(TicketScope scope, Caller caller, Comments comments, TicketConfig config, Clock clock) {
    this.scope = scope;
    this.caller = caller;
    this.comments = comments;
    this.config = config;
    this.clock = clock;
  }

  /// @throws Refusal 400 where not exactly one of text and HTML is given, or it is empty or too long
  @Transactional
  CommentView write(UUID ticketId, CommentRequest request) {
    scope.ticket(ticketId);
    new Written(request.text(), request.html()).check(config.maxTextLength(), false);
    var comment = new Comment();
    comment.id = Ids.next();
    comment.ticketId = ticketId;
    comment.agentId = caller.agentId().orElse(null);
    comment.html = request.html() == null ? null : HtmlSanitizer.sanitize(request.html());
    comment.text = comment.html == null ? Written.clean(request.text()) : HtmlText.of(comment.html);
    comment.createdAt = clock.instant();
    comments.persistAndFlush(comment);
    return CommentView.of(comment);
  }

  @Transactional
  Page<CommentView> page(UUID ticketId, PageRequest page) {
    scope.ticket(ticketId);
    return page.of("comments", ticketId).answer(
        (after, atMost) -> comments.page(ticketId, after, atMost),
        comment -> Cursor.at(comment.id),
        CommentView::of,
        () -> comments.count("ticketId", ticketId));
  }

  @Transactional
  CommentView one(UUID ticketId, UUID id) {
    scope.ticket(ticketId);
    return comments.findByIdOptional(id).filter(comment -> comment.ticketId.equals(ticketId)).map(CommentView::of)
        .orElseThrow(() -> Refusal.notFound("comment"));
  }
}
