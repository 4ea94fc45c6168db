package dev.posthorn.workbench;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// What the development relay took, to be read in a browser and by programs. Exists in the dev profile only, and is no part
/// of the API.
@IfBuildProfile("dev")
@PermitAll
@Path("/dev")
public class SinkResource {

  /// Nothing of a mail may run or be fetched, should something ever slip through the escaping.
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private final RelaySink sink;

  SinkResource(RelaySink sink) {
    this.sink = sink;
  }

  /// The page of all mails.
  @GET
  @Path("/mails")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response list() {
    return page(SinkPage.list(sink.shelf().all()));
  }

  /// All mails as JSON, the newest first, without their raw bytes.
  @GET
  @Path("/mails.json")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public List<SunkMail> json() {
    return sink.shelf().all();
  }

  /// The page of one mail.
  @GET
  @Path("/mails/{number: \\d{1,18}}")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response detail(@PathParam("number") long number) {
    return page(SinkPage.detail(mail(number)));
  }

  /// The bytes of one mail as they came over the line.
  @GET
  @Path("/mails/{number: \\d{1,18}}/raw")
  @Produces("message/rfc822")
  @Operation(hidden = true)
  public Response raw(@PathParam("number") long number) {
    return Response.ok(mail(number).raw()).header("X-Content-Type-Options", "nosniff").build();
  }

  private SunkMail mail(long number) {
    return sink.shelf().byNumber(number).orElseThrow(() -> new NotFoundException("no such mail is kept"));
  }

  static Response page(String html) {
    return Response.ok(html).header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff").build();
  }
}
