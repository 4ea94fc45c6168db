package dev.posthorn.ticket;

import dev.posthorn.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/// Replies in the name of whoever calls, and shows what became of it.
@ApplicationScoped
class ReplyDesk {
  private final Reply reply;
  private final TextReply texts;
  private final ReplyChecks checks;
  private final MessageViews views;
  private final Caller caller;

  ReplyDesk(Reply reply, TextReply texts, ReplyChecks checks, MessageViews views, Caller caller) {
    this.reply = reply;
    this.texts = texts;
    this.checks = checks;
    this.views = views;
    this.caller = caller;
  }

  @Transactional
  ReplyView post(UUID ticketId, ReplyRequest request) {
    var posted = checks.isText(request.channel()) ? texts.post(ticketId, request, caller.agentId()) : reply.post(ticketId, request, caller.agentId());
    return new ReplyView(views.of(List.of(posted.message())).getFirst(), posted.notLatest(), posted.newestMessageId());
  }
}
