package dev.posthorn.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The rules: admins have all of them, leads those of the teams they lead (EH-17), agents none.
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "Rules")
@RegisterForReflection(registerFullHierarchy = true, targets = {Condition.class, Action.class})
class RuleResource {
  private final RuleDesk desk;

  RuleResource(RuleDesk desk) {
    this.desk = desk;
  }

  @GET
  @Operation(summary = "List rules", description = "In the order in which they are asked. Leads see those of their own teams.")
  public Page<RuleView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("rules"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Create a rule", description = """
      Mail that comes from now on is asked. A rule with a `teamId` or `queueId` is asked only while the ticket would lie there. \
      What a rule names is not deleted as long as there is the rule.""")
  @APIResponseSchema(value = RuleView.class, responseCode = "201", responseDescription = "The rule")
  @APIResponse(responseCode = "400", description = "A kind is unknown, a field has the wrong shape, or the rule asks too much")
  @APIResponse(responseCode = "403", description = "Not a rule of this lead's teams")
  @APIResponse(responseCode = "409", description = "There are too many rules")
  @APIResponse(responseCode = "422", description = "The rule names something that does not exist")
  public RestResponse<RuleView> create(@Valid @NotNull NewRule wanted) {
    var rule = desk.create(wanted);
    return Created.at("/api/v1/rules/" + rule.id(), rule);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a rule")
  @APIResponse(responseCode = "200", description = "The rule")
  @APIResponse(responseCode = "403", description = "Not a rule of this lead's teams")
  @APIResponse(responseCode = "404", description = "There is no such rule")
  public RuleView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a rule", description = "A `condition` is replaced as a whole. The version before is kept.")
  @RequestBodySchema(RuleChange.class)
  @APIResponse(responseCode = "200", description = "The rule as it is now")
  @APIResponse(responseCode = "400", description = "A kind is unknown, a field has the wrong shape, or the rule asks too much")
  @APIResponse(responseCode = "403", description = "Not a rule of this lead's teams")
  @APIResponse(responseCode = "404", description = "There is no such rule")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "The rule names something that does not exist")
  public RuleView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a rule", description = "Its versions stay, for the explanations that name them.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "403", description = "Not a rule of this lead's teams")
  @APIResponse(responseCode = "404", description = "There is no such rule")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  @GET
  @Path("{id}/versions")
  @Operation(summary = "List the versions of a rule", description = "Newest first; also of a rule that was deleted.")
  @APIResponse(responseCode = "404", description = "There was no such rule")
  public Page<RevisionView> versions(@PathParam("id") UUID id, @BeanParam PageRequest page) {
    return desk.revisions(id, page.of("rule-versions", id));
  }

  @GET
  @Path("{id}/versions/{revision}")
  @Operation(summary = "Show a version of a rule", description = "An explanation names it by its `revision`.")
  @APIResponse(responseCode = "200", description = "The rule as it was then")
  @APIResponse(responseCode = "404", description = "There was no such version")
  public RevisionView version(@PathParam("id") UUID id, @PathParam("revision") int revision) {
    return desk.revision(id, revision);
  }

  /// A rule that is wanted.
  ///
  /// @param position behind all others where it is left out
  /// @param enabled  yes, where it is left out
  /// @param queueId  only tickets that lie in the queue; all where it is left out, as `teamId`
  /// @param stop     whether no later rule is asked where the condition is true; not, where it is left out
  @Schema(name = "NewRule")
  record NewRule(
      @NotNull @Line String name,
      @PositiveOrZero Integer position,
      Boolean enabled,
      UUID queueId,
      UUID teamId,
      @NotNull @Valid Condition condition,
      @NotNull @Size(min = 1) List<@NotNull @Valid Action> actions,
      Boolean stop) {}

  /// What of a rule may be changed.
  @Schema(name = "RuleChange")
  record RuleChange(
      @NotNull @Line String name,
      @PositiveOrZero int position,
      boolean enabled,
      UUID queueId,
      UUID teamId,
      @NotNull @Valid Condition condition,
      @NotNull @Size(min = 1) List<@NotNull @Valid Action> actions,
      boolean stop) {
    static RuleChange of(Rule rule) {
      return new RuleChange(rule.name, rule.position, rule.enabled, rule.queueId, rule.teamId, rule.content.condition(), rule.content.actions(), rule.stop);
    }

    /// The same without its condition.
    RuleChange without() {
      return new RuleChange(name, position, enabled, queueId, teamId, null, actions, stop);
    }
  }

  /// A rule as HTTP shows it.
  ///
  /// @param revision which state of the rule this is, counted from 1: explanations name it
  @Schema(name = "Rule")
  record RuleView(
      UUID id,
      String name,
      int position,
      boolean enabled,
      UUID queueId,
      UUID teamId,
      Condition condition,
      List<Action> actions,
      boolean stop,
      int revision,
      Instant createdAt,
      Instant updatedAt) {
    static RuleView of(Rule rule) {
      return new RuleView(rule.id, rule.name, rule.position, rule.enabled, rule.queueId, rule.teamId, rule.content.condition(), rule.content.actions(),
          rule.stop, rule.revision, rule.createdAt, rule.updatedAt);
    }
  }

  /// A rule as it was.
  @Schema(name = "RuleVersion")
  record RevisionView(
      UUID ruleId,
      int revision,
      String name,
      int position,
      boolean enabled,
      UUID queueId,
      UUID teamId,
      Condition condition,
      List<Action> actions,
      boolean stop,
      Instant savedAt) {
    static RevisionView of(RuleRevision row) {
      return new RevisionView(row.ruleId, row.revision, row.name, row.position, row.enabled, row.queueId, row.teamId, row.content.condition(),
          row.content.actions(), row.stop, row.savedAt);
    }
  }
}
