package dev.posthorn.routing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a rule does with a mail of which its condition is true: a tagged object, `{"kind":"route-to-team","teamId":"…"}`.
@Schema(description = "What a rule does. `kind` says which. What is set is set on the ticket that the mail opens; where several rules set the same, the last one wins.")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @Type(value = Action.Ignore.class, name = "ignore"),
  @Type(value = Action.Quarantine.class, name = "quarantine"),
  @Type(value = Action.CreateNewTicket.class, name = "create-new-ticket"),
  @Type(value = Action.RouteToTeam.class, name = "route-to-team"),
  @Type(value = Action.RouteToQueue.class, name = "route-to-queue"),
  @Type(value = Action.RouteToAgent.class, name = "route-to-agent"),
  @Type(value = Action.SetPriority.class, name = "set-priority"),
  @Type(value = Action.SetStatus.class, name = "set-status"),
  @Type(value = Action.SetCategory.class, name = "set-category"),
  @Type(value = Action.SetType.class, name = "set-type"),
  @Type(value = Action.ReplyWithTemplate.class, name = "reply-with-template"),
  @Type(value = Action.Forward.class, name = "forward"),
  @Type(value = Action.RunWorkflow.class, name = "run-workflow"),
  @Type(value = Action.AddTags.class, name = "add-tags"),
  @Type(value = Action.Stop.class, name = "stop")})
public sealed interface Action {
  /// One of which a mail is kept from becoming a message, and no later rule is asked.
  sealed interface End extends Action {}

  /// One that sets something on the ticket that the mail opens.
  sealed interface Setting extends Action {}

  /// EH-26. No ticket, no message; the mail is kept and listed as ignored.
  @Schema(description = "No ticket and no message; the mail is kept and listed as ignored.")
  record Ignore() implements End {}

  /// The mail waits until somebody lets it in.
  @Schema(description = "The mail waits in quarantine until somebody lets it in.")
  record Quarantine() implements End {}

  /// EH-29. A ticket of its own, although it belongs to one that is there: it follows that.
  @Schema(description = "A ticket of its own, although it belongs to one that is there; it follows that.")
  record CreateNewTicket() implements Action {}

  /// EH-27. To the team's default queue, assigned to nobody.
  @Schema(description = "To the team's default queue, assigned to nobody.")
  record RouteToTeam(@NotNull UUID teamId) implements Setting {}

  record RouteToQueue(@NotNull UUID queueId) implements Setting {}

  /// EH-28. Assigned; where the agent does not see the ticket, it goes to the first queue that the agent works on.
  @Schema(description = "Assigned; where the agent does not see the ticket, it goes to the first queue that the agent works on.")
  record RouteToAgent(@NotNull UUID agentId) implements Setting {}

  record SetPriority(@NotNull UUID priorityId) implements Setting {}

  record SetStatus(@NotNull UUID statusId) implements Setting {}

  record SetCategory(@NotNull UUID categoryId) implements Setting {}

  record SetType(@NotNull UUID typeId) implements Setting {}

  /// WX-16. In place of the team's confirmation, and where that would be sent if the team confirmed: never to programs.
  @Schema(description = "Whoever opens the ticket is answered by the template, in place of a confirmation: once, never programs, and as often as confirmations may be sent.")
  record ReplyWithTemplate(@NotNull UUID templateId) implements Setting {}

  /// WX-14. The mail that opens the ticket is passed on, with its files; what is answered comes into the ticket.
  @Schema(description = "The mail that opens the ticket is passed on to the address with its files, and what is answered there comes into the ticket. Never mail of programs.")
  record Forward(@NotNull @MailAddress String address) implements Setting {}

  /// WX-17. Whoever is told of `workflow.requested` runs it.
  @Schema(description = "Asks for a workflow to be run for the ticket that the mail opens: webhooks are told of `workflow.requested`.")
  record RunWorkflow(@NotNull @Line(max = 100) String workflow) implements Setting {}

  record AddTags(@NotNull @Size(min = 1, max = 20) List<@NotNull @Line(max = 50) String> tags) implements Setting {}

  /// No later rule is asked.
  @Schema(description = "No later rule is asked.")
  record Stop() implements Action {}

  /// What the action is called.
  default String kind() {
    return Condition.Kinds.of(Action.class).get(getClass());
  }

  /// What it names by id, under a JSON pointer.
  default List<Target> targets(String pointer) {
    return switch (this) {
      case RouteToTeam(UUID id) -> List.of(new Target(Target.Kind.TEAM, id, pointer + "/teamId"));
      case RouteToQueue(UUID id) -> List.of(new Target(Target.Kind.QUEUE, id, pointer + "/queueId"));
      case RouteToAgent(UUID id) -> List.of(new Target(Target.Kind.AGENT, id, pointer + "/agentId"));
      case SetPriority(UUID id) -> List.of(new Target(Target.Kind.PRIORITY, id, pointer + "/priorityId"));
      case SetStatus(UUID id) -> List.of(new Target(Target.Kind.STATUS, id, pointer + "/statusId"));
      case SetCategory(UUID id) -> List.of(new Target(Target.Kind.CATEGORY, id, pointer + "/categoryId"));
      case SetType(UUID id) -> List.of(new Target(Target.Kind.TICKET_TYPE, id, pointer + "/typeId"));
      case ReplyWithTemplate(UUID id) -> List.of(new Target(Target.Kind.TEMPLATE, id, pointer + "/templateId"));
      case Ignore _, Quarantine _, CreateNewTicket _, Forward _, RunWorkflow _, AddTags _, Stop _ -> List.of();
    };
  }
}
