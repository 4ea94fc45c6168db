package dev.posthorn.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.channel.Announcements;
import dev.posthorn.connector.oauth.GooglePush;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.WebConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Where Google Pub/Sub announces new mail of Gmail. It has no key of ours: it shows a token that Google signs.
///
/// An announcement is nothing but "look there". It is durable before it is answered; what is said of a mailbox that nobody has connected
/// is taken and forgotten, for Pub/Sub repeats what is not taken.
@Path("/hooks/gmail")
@PermitAll
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class GmailNotificationResource {
  private static final String BEARER = "Bearer ";

  private final GooglePush google;
  private final Announcements announcements;
  private final ObjectMapper json;
  private final WebConfig web;

  GmailNotificationResource(GooglePush google, Announcements announcements, ObjectMapper json, WebConfig web) {
    this.google = google;
    this.announcements = announcements;
    this.json = json;
    this.web = web;
  }

  @POST
  @Operation(hidden = true)
  @NotIdempotent("Heard twice, a mailbox is looked at twice.")
  public Response heard(@HeaderParam("Authorization") String authorization, InputStream body) throws IOException {
    if (authorization == null || !authorization.startsWith(BEARER) || !google.isBelieved(authorization.substring(BEARER.length()))) {
      return Response.status(Response.Status.FORBIDDEN).build();
    }
    announcements.heardOfGmail(address(body));
    return Response.noContent().build();
  }

  private String address(InputStream body) throws IOException {
    var bytes = body.readNBytes(Math.toIntExact(web.maxJsonBytes() + 1));
    if (bytes.length > web.maxJsonBytes()) {
      throw Refusal.tooLarge(web.maxJsonBytes());
    }
    try {
      JsonNode message = json.readTree(bytes).path("message");
      return json.readTree(Base64.getDecoder().decode(message.path("data").asText(""))).path("emailAddress").asText("");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw Refusal.badRequest("", "This is no message of Pub/Sub.");
    }
  }
}
