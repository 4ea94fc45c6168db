package dev.posthorn.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.channel.Announcements;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.RateLimit;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.WebConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/// Where Microsoft Graph announces new mail. It has no key: each announcement shows the secret that its subscription was made with.
///
/// An announcement is nothing but "look there": what it says of a mail is not read. It is durable before it is answered, and answered
/// at once; one that is lost costs a minute, for mailboxes are asked all the same. So whoever knows no secret is heard no longer than a
/// stranger with a wrong key.
@Path("/hooks/graph")
@PermitAll
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class GraphNotificationResource {
  private static final int LONGEST_TOKEN = 4096;

  private final Announcements announcements;
  private final ObjectMapper json;
  private final RateLimit rateLimit;
  private final RoutingContext request;
  private final PullConfig config;
  private final WebConfig web;

  GraphNotificationResource(Announcements announcements, ObjectMapper json, RateLimit rateLimit, RoutingContext request, PullConfig config,
      WebConfig web) {
    this.announcements = announcements;
    this.json = json;
    this.rateLimit = rateLimit;
    this.request = request;
    this.config = config;
    this.web = web;
  }

  /// What one of the announcements in a request says.
  private record Said(String state, Announcements.Event event) {}

  @POST
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(hidden = true)
  @NotIdempotent("Heard twice, a mailbox is looked at twice.")
  public Response heard(@RestQuery String validationToken, InputStream body) throws IOException {
    return answer(validationToken, body, _ -> Announcements.Event.NEWS);
  }

  @POST
  @Path("lifecycle")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(hidden = true)
  @NotIdempotent("Heard twice, a subscription is renewed twice.")
  public Response changed(@RestQuery String validationToken, InputStream body) throws IOException {
    return answer(validationToken, body, GraphNotificationResource::event);
  }

  /// `missed`, and whatever comes to be said one day, is a reason to look.
  private static Announcements.Event event(JsonNode said) {
    return switch (said.path("lifecycleEvent").asText()) {
      case "reauthorizationRequired" -> Announcements.Event.RENEW;
      case "subscriptionRemoved" -> Announcements.Event.OVER;
      default -> Announcements.Event.NEWS;
    };
  }

  /// Before a subscription is given, Graph asks whether this address wants it: it hears its own token.
  private Response answer(String validationToken, InputStream body, Function<JsonNode, Announcements.Event> event) throws IOException {
    if (validationToken != null) {
      return validationToken.length() > LONGEST_TOKEN ? Response.status(Response.Status.BAD_REQUEST).build()
          : Response.ok(validationToken, "text/plain; charset=utf-8").header("X-Content-Type-Options", "nosniff").build();
    }
    var stranger = RateLimit.addressOf(request.request());
    rateLimit.demandOfStranger(stranger);
    if (isAnyKnown(said(body).path("value"), event)) {
      return Response.status(Response.Status.ACCEPTED).build();
    }
    rateLimit.spendOfStranger(stranger);
    return Response.status(Response.Status.FORBIDDEN).build();
  }

  private boolean isAnyKnown(JsonNode announced, Function<JsonNode, Announcements.Event> event) {
    if (announced.size() > config.announcementsAtOnce()) {
      throw Refusal.badRequest("/value", "At most " + config.announcementsAtOnce() + ".");
    }
    // Whatever is said of a mailbox several times, it is looked at once.
    var distinct = new LinkedHashSet<Said>();
    announced.forEach(one -> distinct.add(new Said(one.path("clientState").asText(""), event.apply(one))));
    boolean known = false;
    int unknown = 0;
    for (var said : distinct) {
      if (announcements.heard(said.state, said.event)) {
        known = true;
      } else if (++unknown >= config.unknownAnnouncements()) {
        break;
      }
    }
    return known;
  }

  private JsonNode said(InputStream body) throws IOException {
    var bytes = body.readNBytes(Math.toIntExact(web.maxJsonBytes() + 1));
    if (bytes.length > web.maxJsonBytes()) {
      throw Refusal.tooLarge(web.maxJsonBytes());
    }
    try {
      return json.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("", "This is no JSON.");
    }
  }
}
