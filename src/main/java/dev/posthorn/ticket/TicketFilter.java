package dev.posthorn.ticket;

import dev.posthorn.sla.Clocks;
import dev.posthorn.web.Refusal;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/// Which tickets a list shows, and in which order. What is not given does not matter; what is given must all be so.
public class TicketFilter {
  static final String CREATED_AT = "createdAt";
  /// Not a field: either clock may stand so.
  static final String SLA = "sla";

  /// Not a field: what the requester is.
  static final String REGISTERED = "requester.registered";

  /// Not a field either: one of its words.
  static final String TAG = "tag";

  /// Not a field as such.
  static final String INTERRUPTED = "interrupted";

  static final String LAST_MESSAGE_AT = "lastMessageAt";

  @Parameter(description = "The ticket's number (TH-35).")
  @QueryParam("number")
  Long number;

  @Parameter(description = "Name of a status.")
  @QueryParam("status")
  String status;

  @QueryParam("queueId")
  UUID queueId;

  @QueryParam("categoryId")
  UUID categoryId;

  @QueryParam("typeId")
  UUID typeId;

  @Parameter(description = "Whether the requester is registered (AT-05).")
  @QueryParam("requester.registered")
  Boolean registered;

  @QueryParam("assigneeId")
  UUID assigneeId;

  @Parameter(description = "The requester.")
  @QueryParam("contactId")
  UUID contactId;

  @QueryParam("teamId")
  UUID teamId;

  @Parameter(description = "Whether the last public message came from the customer (TH-45).")
  @QueryParam("unanswered")
  Boolean unanswered;

  @Parameter(description = "Words that are all in one message or comment of the ticket: in its text, in the names and addresses of the people, in the names of files, or in the ticket's subject or number. Case, accents and endings of words do not matter. `-word` must not be there, `beginn*` may go on.")
  @QueryParam("q")
  String q;

  @Parameter(description = "Whether what it came by was deleted, so that nothing is sent in it (WX-13).")
  @QueryParam("interrupted")
  Boolean interrupted;

  @Parameter(description = "A word on it.")
  @QueryParam("tag")
  String tag;

  @Parameter(description = "How one of its clocks stands: running, warning, breached, met or paused.",
      schema = @Schema(enumeration = {"running", "warning", "breached", "met", "paused"}))
  @QueryParam("sla")
  String sla;

  @Parameter(description = "Newest first by this time.",
      schema = @Schema(enumeration = {CREATED_AT, LAST_MESSAGE_AT}, defaultValue = CREATED_AT))
  @QueryParam("sort")
  String sort;

  @Parameter(description = "A saved view (`/views`): what it says counts where the request does not say something else.")
  @QueryParam("viewId")
  UUID viewId;

  /// What nobody asked for is as the view says.
  ///
  /// @param caller the agent who looks; null for none
  void fill(ViewFilters view, String order, UUID caller) {
    status = status == null ? view.status() : status;
    queueId = queueId == null ? view.queueId() : queueId;
    teamId = teamId == null ? view.teamId() : teamId;
    categoryId = categoryId == null ? view.categoryId() : categoryId;
    typeId = typeId == null ? view.typeId() : typeId;
    assigneeId = assigneeId != null ? assigneeId : Boolean.TRUE.equals(view.mine()) ? caller : view.assigneeId();
    contactId = contactId == null ? view.contactId() : contactId;
    registered = registered == null ? view.registered() : registered;
    unanswered = unanswered == null ? view.unanswered() : unanswered;
    tag = tag == null ? view.tag() : tag;
    sla = sla == null ? view.sla() : sla;
    q = q == null ? view.q() : q;
    sort = sort == null ? order : sort;
  }

  /// All of a contact.
  static TicketFilter ofContact(UUID contactId) {
    var filter = new TicketFilter();
    filter.contactId = contactId;
    return filter;
  }

  /// @throws Refusal 400 for another word
  boolean byLastMessage() {
    return switch (sort) {
      case null -> false;
      case CREATED_AT -> false;
      case LAST_MESSAGE_AT -> true;
      default -> throw Refusal.badRequest("sort", "One of: " + CREATED_AT + ", " + LAST_MESSAGE_AT + ".");
    };
  }

  /// @throws Refusal 400 for another word
  private String clockState() {
    if (sla != null && Arrays.stream(Clocks.State.values()).noneMatch(state -> state.word().equals(sla))) {
      throw Refusal.badRequest(SLA, "One of: running, warning, breached, met, paused.");
    }
    return sla;
  }

  /// Whether it asks for what requesters do not see.
  boolean asksForInternals() {
    // Words are looked for in comments too.
    return viewId != null || tag != null || sla != null || assigneeId != null || q != null;
  }

  /// What has to be equal, by field of [Ticket].
  Map<String, Object> conditions() {
    var conditions = new LinkedHashMap<String, Object>();
    conditions.put("number", number);
    conditions.put("status", status);
    conditions.put("queueId", queueId);
    conditions.put("categoryId", categoryId);
    conditions.put("typeId", typeId);
    conditions.put(REGISTERED, registered);
    conditions.put("assigneeId", assigneeId);
    conditions.put("contactId", contactId);
    conditions.put("teamId", teamId);
    conditions.put("unanswered", unanswered);
    conditions.put(TAG, tag);
    conditions.put(INTERRUPTED, interrupted);
    conditions.put(SLA, clockState());
    conditions.values().removeIf(value -> value == null);
    return conditions;
  }
}
