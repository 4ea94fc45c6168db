package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// The connected mailboxes. Connecting and changing tries both directions live; nothing is saved that did not work.
@Path("/api/v1/mailboxes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Mailboxes")
class MailboxResource {
  private final MailboxDesk desk;
  private final MailboxConnecting connecting;
  private final MailboxDiagnosis diagnosis;

  MailboxResource(MailboxDesk desk, MailboxConnecting connecting, MailboxDiagnosis diagnosis) {
    this.desk = desk;
    this.connecting = connecting;
    this.diagnosis = diagnosis;
  }

  @GET
  @Operation(summary = "List mailboxes", description = "Oldest first, each with its state.")
  public Page<MailboxView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("mailboxes"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent(touchesNetwork = true)
  @Operation(summary = "Connect a mailbox", description = """
      Tries IMAP and SMTP live, then makes the mailbox, its inbound channel and its outbound channel in one step. `gmail` needs an \
      address and an app password; `imap` needs both servers; `gmail-api` the key of a service account. For a sign-in by people see \
      /mailboxes/authorizations.""")
  @APIResponseSchema(value = MailboxView.class, responseCode = "201", responseDescription = "The mailbox")
  @APIResponse(responseCode = "409", description = "The address is connected already, or another mailbox has the name")
  @APIResponse(responseCode = "422", description = "Something was in the way: the step, the server's words and a hint")
  public RestResponse<MailboxView> connect(@Valid @NotNull MailboxWish.New wanted) {
    var mailbox = connecting.connect(wanted);
    return Created.at("/api/v1/mailboxes/" + mailbox.id(), mailbox);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a mailbox")
  @APIResponse(responseCode = "200", description = "The mailbox")
  @APIResponse(responseCode = "404", description = "There is no such mailbox")
  public MailboxView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(summary = "Change a mailbox", description = """
      Also how a new password is given: it is tried live, and reading goes on where it had stopped. `processIncoming: false` pauses \
      the mailbox; sending still works.""")
  @RequestBodySchema(MailboxWish.Change.class)
  @APIResponse(responseCode = "200", description = "The mailbox as it is now")
  @APIResponse(responseCode = "404", description = "There is no such mailbox")
  @APIResponse(responseCode = "409", description = "Another mailbox has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "Something was in the way: the step, the server's words and a hint")
  public MailboxView change(@PathParam("id") UUID id, ObjectNode patch) {
    return connecting.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Disconnect a mailbox", description = "What came in by it stays. Its password is forgotten.")
  @APIResponse(responseCode = "204", description = "Disconnected")
  @APIResponse(responseCode = "404", description = "There is no such mailbox")
  @APIResponse(responseCode = "409", description = "A queue or another inbound channel answers by it, or it is the default way out")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  @POST
  @Path("{id}/diagnosis")
  @Idempotent(touchesNetwork = true)
  @Operation(summary = "Diagnose a mailbox", description = "Runs every check live, and says for each that fails what may help. Changes nothing.")
  @APIResponse(responseCode = "200", description = "The checks in their order")
  @APIResponse(responseCode = "404", description = "There is no such mailbox")
  public List<MailboxDiagnosis.Check> diagnose(@PathParam("id") UUID id) {
    return diagnosis.run(id);
  }
}
