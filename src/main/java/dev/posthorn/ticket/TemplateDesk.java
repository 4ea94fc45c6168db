package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.mail.HtmlText;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.TemplateResource.NewTemplate;
import dev.posthorn.ticket.TemplateResource.PreviewRequest;
import dev.posthorn.ticket.TemplateResource.PreviewView;
import dev.posthorn.ticket.TemplateResource.TemplateChange;
import dev.posthorn.ticket.TemplateResource.TemplateView;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/// What HTTP may do with templates. Each method is one transaction.
@ApplicationScoped
@Transactional
class TemplateDesk {
  private final Templates templates;
  private final TicketScope scope;
  private final Caller caller;
  private final TicketConfig config;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  TemplateDesk(Templates templates, TicketScope scope, Caller caller, TicketConfig config, Preconditions preconditions, MergePatch mergePatch,
      Clock clock) {
    this.templates = templates;
    this.scope = scope;
    this.caller = caller;
    this.config = config;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<TemplateView> list(Listing listing) {
    return listing.answer(templates::page, row -> Cursor.at(row.id), TemplateView::of, templates::count);
  }

  TemplateView show(UUID id) {
    return TemplateView.of(existing(id));
  }

  TemplateView create(NewTemplate wanted) {
    var row = new Template();
    row.id = Ids.next();
    row.createdAt = clock.instant();
    write(row, new TemplateChange(wanted.name(), wanted.subject() == null ? "" : wanted.subject(), wanted.bodyHtml()));
    templates.persistAndFlush(row);
    return TemplateView.of(row);
  }

  TemplateView change(UUID id, ObjectNode patch) {
    var row = existing(id);
    var before = TemplateView.of(row);
    preconditions.check(before);
    var current = new TemplateChange(row.name, row.subject, row.bodyHtml);
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    write(row, wanted);
    templates.flush();
    return TemplateView.of(row);
  }

  private void write(Template row, TemplateChange wanted) {
    if (wanted.bodyHtml().length() > config.maxTemplateLength()) {
      throw Refusal.badRequest("/bodyHtml", "At most " + config.maxTemplateLength() + " characters.");
    }
    TemplateText.fault(wanted.subject()).ifPresent(fault -> {
      throw Refusal.unprocessable("/subject", fault);
    });
    TemplateText.fault(wanted.bodyHtml()).ifPresent(fault -> {
      throw Refusal.unprocessable("/bodyHtml", fault);
    });
    row.name = wanted.name();
    row.subject = wanted.subject();
    row.bodyHtml = TemplateText.clean(wanted.bodyHtml());
    row.updatedAt = clock.instant();
  }

  void remove(UUID id) {
    var row = existing(id);
    preconditions.check(TemplateView.of(row));
    Removal.of("template", () -> {
      templates.delete(row);
      templates.flush();
    });
  }

  PreviewView preview(UUID id, PreviewRequest wanted) {
    var template = existing(id);
    var filled = wanted.ticketId() == null ? templates.sample(template)
        : Templates.filled(template, templates.of(scope.ticket(wanted.ticketId()), caller.agentId()));
    return new PreviewView(filled.subject(), filled.html(), HtmlText.of(filled.html()));
  }

  private Template existing(UUID id) {
    return templates.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("template"));
  }
}
