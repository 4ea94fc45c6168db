package dev.posthorn.workbench;

import dev.posthorn.web.NotIdempotent;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// A provider of OpenID Connect to sign in at without having one: whoever clicks is believed. Speaks as much of it as the real ones
/// do that Posthorn needs (discovery, code with PKCE, identity tokens, keys). Exists in the dev profile only.
@IfBuildProfile("dev")
@PermitAll
@Path("/dev/provider")
public class DevProvider {
  private static final String CLIENT = "posthorn";

  /// Who can be chosen: name and address.
  private static final Map<String, String> PEOPLE = Map.of("Anna Admin", "anna@acme.example", "Ben Brown", "ben@acme.example", "Cleo Carter", "cleo@elsewhere.example");

  private final DevTokens tokens = new DevTokens();
  private final Map<String, Asked> codes = new ConcurrentHashMap<>();
  private final Clock clock;

  DevProvider(Clock clock) {
    this.clock = clock;
  }

  private record Asked(String person, String redirect, String nonce, String challenge, Instant until) {}

  /// What it has.
  @GET
  @Path("/.well-known/openid-configuration")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Map<String, Object> published(RoutingContext request) {
    var own = own(request);
    return Map.of("issuer", own, "authorization_endpoint", own + "/authorize", "token_endpoint", own + "/token", "jwks_uri", own + "/keys",
        "response_types_supported", List.of("code"), "subject_types_supported", List.of("public"),
        "id_token_signing_alg_values_supported", List.of("RS256"));
  }

  /// The keys of its tokens.
  @GET
  @Path("/keys")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public String keys() {
    return tokens.published();
  }

  /// The page with the people to choose from.
  @GET
  @Path("/authorize")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response authorize(RoutingContext request, @QueryParam("client_id") String client, @QueryParam("redirect_uri") String redirect,
      @QueryParam("code_challenge_method") String method) {
    if (!CLIENT.equals(client) || !isOurs(redirect) || !"S256".equals(method)) {
      return SinkResource.page("<!doctype html><title>No</title><p>This is no sign-in of Posthorn's.</p>");
    }
    var page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Who are you?</title><h1>Who are you?</h1>\n");
    PEOPLE.keySet().stream().sorted().forEach(name -> page.append("<p><a id=\"").append(PEOPLE.get(name), 0, PEOPLE.get(name).indexOf('@'))
        .append("\" href=\"").append(SinkPage.escaped("chosen?" + request.request().query() + "&person=" + encoded(name))).append("\">")
        .append(name).append(" &lt;").append(PEOPLE.get(name)).append("&gt;</a></p>\n"));
    return SinkResource.page(page.append("<p>For development alone: nobody is asked for a password.</p></html>").toString());
  }

  /// Somebody was chosen.
  @GET
  @Path("/chosen")
  @Operation(hidden = true)
  public Response chosen(@QueryParam("person") String person, @QueryParam("redirect_uri") String redirect, @QueryParam("state") String state,
      @QueryParam("nonce") String nonce, @QueryParam("code_challenge") String challenge) {
    if (!PEOPLE.containsKey(String.valueOf(person)) || !isOurs(redirect) || challenge == null || state == null) {
      return Response.status(Response.Status.BAD_REQUEST).build();
    }
    codes.values().removeIf(asked -> asked.until.isBefore(clock.instant()));
    var code = UUID.randomUUID().toString();
    codes.put(code, new Asked(person, redirect, nonce, challenge, clock.instant().plusSeconds(60)));
    return Response.status(Response.Status.FOUND).location(URI.create(redirect + "?code=" + code + "&state=" + encoded(state))).build();
  }

  /// A code becomes tokens, once.
  @POST
  @Path("/token")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  @NotIdempotent("a code is good once")
  @Operation(hidden = true)
  public Response token(RoutingContext request, @FormParam("code") String code, @FormParam("redirect_uri") String redirect,
      @FormParam("code_verifier") String verifier) {
    var asked = Optional.ofNullable(code).map(codes::remove)
        .filter(one -> one.until.isAfter(clock.instant()) && one.redirect.equals(redirect) && DevTokens.challenge(String.valueOf(verifier)).equals(one.challenge));
    if (asked.isEmpty()) {
      return Response.status(Response.Status.BAD_REQUEST).entity(Map.of("error", "invalid_grant")).build();
    }
    var who = asked.get();
    var identity = tokens.identity(own(request), CLIENT, PEOPLE.get(who.person), who.person, who.nonce, clock.instant());
    return Response.ok(Map.of("token_type", "Bearer", "expires_in", 300, "access_token", UUID.randomUUID().toString(), "id_token", identity)).build();
  }

  private static String own(RoutingContext request) {
    return request.request().scheme() + "://" + request.request().authority() + "/dev/provider";
  }

  /// Codes go back to this machine alone.
  private static boolean isOurs(String redirect) {
    return redirect != null && redirect.matches("http://(localhost|127\\.0\\.0\\.1)(:\\d+)?/login/with/dev/back");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
