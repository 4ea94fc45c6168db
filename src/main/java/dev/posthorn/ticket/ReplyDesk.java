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
  private final MessageViews views;
  private final Caller caller;

  ReplyDesk(Reply reply, MessageViews views, Caller caller) {
    this.reply = reply;
    this.views = views;
    this.caller = caller;
  }

  @Transactional
  ReplyView post(UUID ticketId, ReplyRequest request) {
    var posted = reply.post(ticketId, request, caller.agentId());
    return new ReplyView(views.of(List.of(posted.message())).getFirst(), posted.notLatest(), posted.newestMessageId());
  }
}
