package dev.posthorn.login;

import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.OwnPages;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;

/// The pages on which people sign in: whose account, then, where there is a choice, what to do with it.
@Path("/login")
@PermitAll
@RunOnVirtualThread
class LoginResource {
  static final String INVITATIONS = "/login/invitations/";

  private static final String ENTRANCE = "/login/entrance";
  private static final String METADATA = "configuration-metadata";

  /// What the names of the client's cookies with tokens begin with.
  private static final String TOKENS = "q_session";
  private static final int MAX_COMPANY = 200;

  private final LoginConfig config;
  private final Cookies cookies;
  private final SessionCookies shown;
  private final LoginSessions sessions;
  private final Arrivals arrivals;
  private final Entering entering;
  private final OwnPages ownPages;
  private final LoginPages pages;
  private final SecurityIdentity identity;
  private final Clock clock;

  LoginResource(LoginConfig config, Cookies cookies, SessionCookies shown, LoginSessions sessions, Arrivals arrivals, Entering entering,
      OwnPages ownPages, LoginPages pages, SecurityIdentity identity, Clock clock) {
    this.config = config;
    this.cookies = cookies;
    this.shown = shown;
    this.sessions = sessions;
    this.arrivals = arrivals;
    this.entering = entering;
    this.ownPages = ownPages;
    this.pages = pages;
    this.identity = identity;
    this.clock = clock;
  }

  /// What stands in the cookie of somebody who came by an invitation.
  record Invited(String token) {
    @Override
    public String toString() {
      return "Invited";
    }
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response choose(RoutingContext request) {
    return pages.providers(config.providers(), shown.shown(request.request()).flatMap(sessions::find).isPresent(), invited(request).isPresent());
  }

  /// The link of an invitation's mail. It changes nothing: whoever looks at links beforehand, as scanners do, uses it up for nobody.
  @GET
  @Path("/invitations/{token: [A-Za-z0-9_-]{43}}")
  @Operation(hidden = true)
  public Response invited(@PathParam("token") String token) {
    return to("/login", cookies.of(Cookies.Kind.INVITATION, new Invited(token), config.arrivalTime()));
  }

  /// The provider has sent somebody back, and vouches for them.
  @GET
  @Path("/with/{provider}{back: (/back)?}")
  @Operation(hidden = true)
  public Response arrive(@PathParam("provider") String provider, RoutingContext request) {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
      throw Refusal.notFound("provider");
    }
    OidcConfigurationMetadata published = identity.getAttribute(METADATA);
    var arrival = arrivals.of(provider, token, published);
    forgetTokens(provider, request);
    return to(ENTRANCE, cookies.of(Cookies.Kind.ARRIVAL, arrival, config.arrivalTime()));
  }

  /// What the client would keep of the provider's tokens is not needed any more: it does not leave the house.
  private static void forgetTokens(String provider, RoutingContext request) {
    for (var cookie : Set.copyOf(request.request().cookies())) {
      if (cookie.getName().startsWith(TOKENS)) {
        cookie.setPath(Providers.PATH + provider);
        request.response().removeCookie(cookie.getName());
      }
    }
  }

  @GET
  @Path("/entrance")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response look(RoutingContext request) {
    var arrival = arrival(request);
    if (arrival.isEmpty()) {
      return to("/login");
    }
    var entrance = entering.look(arrival.get(), invited(request));
    if (entrance.isClosed()) {
      throw Refusal.of(ProblemKind.NOT_INVITED, "Ask an admin of your company for an invitation.");
    }
    return entrance.straight().map(home -> in(entering.enter(arrival.get(), home.tenant().value())))
        .orElseGet(() -> pages.entrance(arrival.get(), entrance));
  }

  /// @param way `enter`, `accept`, `join` or `found`
  @POST
  @Path("/entrance")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @NotIdempotent("a form of our own: what it does twice is refused or the same")
  @Operation(hidden = true)
  public Response go(@RestForm String way, @RestForm UUID tenant, @RestForm String company, RoutingContext request) {
    ownPages.demand(request.request());
    var arrival = arrival(request).orElseThrow(() -> Refusal.of(ProblemKind.NOT_INVITED, "It took too long: sign in again."));
    return in(switch (String.valueOf(way)) {
      case "enter" -> entering.enter(arrival, tenant);
      case "accept" -> entering.accept(arrival, invited(request).orElseThrow(() -> Refusal.of(ProblemKind.NOT_INVITED, null)));
      case "join" -> entering.join(arrival, tenant);
      case "found" -> entering.found(arrival, company(company));
      default -> throw Refusal.badRequest("way", "Expected one of: enter, accept, join, found.");
    });
  }

  private static String company(String wanted) {
    var line = wanted == null ? "" : wanted.strip();
    if (line.isEmpty() || line.length() > MAX_COMPANY || !line.matches("[^\\p{Cc}\\p{Cs}\\u2028\\u2029]+")) {
      throw Refusal.badRequest("company", "One line of 1 to " + MAX_COMPANY + " characters.");
    }
    return line;
  }

  /// Signs out, here and, where the provider knows such a thing, there.
  @POST
  @Path("/sign-out")
  @Produces(MediaType.TEXT_HTML)
  @NotIdempotent("who is signed out stays so")
  @Operation(hidden = true)
  public Response signOut(RoutingContext request) {
    ownPages.demand(request.request());
    var there = shown.shown(request.request()).flatMap(sessions::end);
    return pages.signedOut(there.orElse(null), cookies.none(Cookies.Kind.SESSION), cookies.none(Cookies.Kind.ARRIVAL), cookies.none(Cookies.Kind.INVITATION));
  }

  private Response in(LoginSessions.Shown session) {
    return to(config.home(), cookies.of(Cookies.Kind.SESSION, session, config.sessionTime()), cookies.none(Cookies.Kind.ARRIVAL),
        cookies.none(Cookies.Kind.INVITATION));
  }

  private Optional<Arrival> arrival(RoutingContext request) {
    return opened(request, Cookies.Kind.ARRIVAL, Arrival.class).filter(one -> one.until().isAfter(clock.instant()));
  }

  private Optional<String> invited(RoutingContext request) {
    return opened(request, Cookies.Kind.INVITATION, Invited.class).map(Invited::token);
  }

  private <T> Optional<T> opened(RoutingContext request, Cookies.Kind kind, Class<T> type) {
    return Optional.ofNullable(request.request().getCookie(cookies.name(kind))).flatMap(cookie -> cookies.open(kind, cookie.getValue(), type));
  }

  private static Response to(String where, NewCookie... cookies) {
    return Response.seeOther(URI.create(where)).cookie(cookies).header("Cache-Control", "no-store").build();
  }
}
