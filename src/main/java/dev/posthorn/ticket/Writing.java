package dev.posthorn.ticket;

import dev.posthorn.mail.HtmlText;
import dev.posthorn.mail.OutgoingHtml;
import dev.posthorn.team.Agents;
import dev.posthorn.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Makes what leaves of what somebody wrote: the template filled in, the signature under it, and as mail of the team looks.
@ApplicationScoped
class Writing {
  private final ReplyFiles files;
  private final Templates templates;
  private final Appearances appearances;
  private final Agents agents;
  private final Teams teams;

  Writing(ReplyFiles files, Templates templates, Appearances appearances, Agents agents, Teams teams) {
    this.files = files;
    this.templates = templates;
    this.appearances = appearances;
    this.agents = agents;
    this.teams = teams;
  }

  /// What stands below: the text of a mail that is passed on, with its files.
  ///
  /// @param html cleaned
  record Below(String text, String html, List<ReplyFiles.File> files) {
    static final Below NOTHING = new Below("", "", List.of());
  }

  ReplyContent of(Ticket ticket, Body body, Optional<UUID> author) {
    return of(ticket, body, author, Below.NOTHING);
  }

  /// With a text alone the mail is plain; with HTML it has a plain alternative (EH-12).
  ReplyContent of(Ticket ticket, Body body, Optional<UUID> author, Below below) {
    var written = body.templateId() == null ? body.html() : templates.filled(body.templateId(), ticket, author).html();
    boolean plain = written == null && below.html.isEmpty();
    var signature = signature(ticket, author);
    if (plain) {
      var text = Written.clean(Optional.ofNullable(body.text()).orElse("")) + signature.map(html -> "\n\n-- \n" + HtmlText.of(html)).orElse("") + below.text;
      return new ReplyContent(text.strip(), Optional.empty(), files.of(body, null, below.files));
    }
    var own = written != null ? written : paragraphs(body.text());
    var dressed = appearances.dress(ticket.teamId, own + signature.map(html -> "<br><div>" + html + "</div>").orElse("")) + below.html;
    var html = OutgoingHtml.sanitize(dressed);
    return new ReplyContent(HtmlText.of(html), Optional.of(html), files.of(body, html, below.files));
  }

  private static String paragraphs(String text) {
    return text == null || text.isBlank() ? "" : "<div>" + TemplateText.escaped(Written.clean(text)).replace("\n", "<br>") + "</div>";
  }

  /// The agent's own, never another's (EH-15, EH-16); the team's where the agent has none.
  private Optional<String> signature(Ticket ticket, Optional<UUID> author) {
    return author.flatMap(agents::findByIdOptional).map(agent -> agent.signatureHtml).filter(html -> !html.isBlank())
        .or(() -> Optional.of(teams.findById(ticket.teamId).signatureHtml).filter(html -> !html.isBlank()));
  }
}
