package dev.posthorn.channel;

import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.OwnPages;
import dev.posthorn.web.ProblemKind;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/// Where providers send browsers back to. Nobody has a key here: the state says whose sign-in it is. A page asks whether that is
/// meant, for whoever signed in may have been sent by somebody else; another says what happened and leads on.
@Path("/oauth/callback")
@PermitAll
@RunOnVirtualThread
class CallbackResource {
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final SignInReturn signIns;
  private final OwnPages ownPages;

  CallbackResource(SignInReturn signIns, OwnPages ownPages) {
    this.signIns = signIns;
    this.ownPages = ownPages;
  }

  /// The pages.
  @CheckedTemplate(basePath = "sign-in")
  static class Pages {
    private Pages() {}

    static native TemplateInstance callback(String title, String detail, String remedy, String returnTo);

    static native TemplateInstance consent(String company, String address, String state, String code);
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response come(@RestQuery String state, @RestQuery String code, @RestQuery String error,
      @RestQuery("error_description") String errorDescription, @RestQuery("admin_consent") String adminConsent, @RestQuery String tenant) {
    var brought = new SignInReturn.Brought(state, code, error, errorDescription, "true".equalsIgnoreCase(adminConsent), tenant);
    return signIns.asked(brought).map(asked -> ask(asked, state, code)).orElseGet(() -> end(signIns.come(brought)));
  }

  /// Whoever signed in has read whose tenant it is, and means it.
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @NotIdempotent("a state is good once")
  @Operation(hidden = true)
  public Response connect(@RestForm String state, @RestForm String code, RoutingContext request) {
    ownPages.demand(request.request());
    return end(signIns.come(new SignInReturn.Brought(state, code, null, null, false, null)));
  }

  private static Response ask(SignInReturn.Asked asked, String state, String code) {
    // To our own pages alone the browser says from where the form comes.
    return manners(Response.ok(Pages.consent(asked.company(), asked.address(), state, code).render()).type("text/html; charset=utf-8"), "same-origin").build();
  }

  private static Response end(SignInReturn.End end) {
    return switch (end) {
      case SignInReturn.End.Connected connected -> page(200, "Connected", connected.address() + " is connected: mail comes in by it, and answers leave"
          + " by it.", null, back(connected.returnTo(), connected.id(), Map.of("outcome", MailboxAuthorization.CONNECTED,
              "mailboxId", connected.mailboxId().toString())));
      case SignInReturn.End.Not not -> page(not.problem().status(), not.problem().title(), not.detail(), not.remedy(), back(not.returnTo(), not.id(),
          Map.of("outcome", not.failed() ? MailboxAuthorization.FAILED : MailboxAuthorization.REFUSED, "problem", not.problem().slug())));
      case SignInReturn.End.Onward onward -> manners(Response.status(Response.Status.FOUND).location(URI.create(onward.url()))).build();
      case SignInReturn.End.Unknown _ -> page(ProblemKind.NOT_FOUND.status(), "This sign-in is not known",
          "It was used before, has taken too long, or was given up.", "Begin again where you came from.", null);
    };
  }

  /// The page that was asked for, and what became of it; never a secret.
  private static String back(String returnTo, UUID id, Map<String, String> more) {
    var all = new LinkedHashMap<String, String>();
    all.put("authorizationId", id.toString());
    all.putAll(more);
    var query = new StringBuilder();
    all.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(value));
    return returnTo + (returnTo.indexOf('?') < 0 ? "?" : "&") + query;
  }

  private static Response page(int status, String title, String detail, String remedy, String returnTo) {
    return manners(Response.status(status).type("text/html; charset=utf-8").entity(Pages.callback(title, detail, remedy, returnTo).render())).build();
  }

  /// The address holds a code: it is neither kept nor told to others (RFC 9700, section 4.2.4).
  private static Response.ResponseBuilder manners(Response.ResponseBuilder response) {
    return manners(response, "no-referrer");
  }

  private static Response.ResponseBuilder manners(Response.ResponseBuilder response, String referrers) {
    return response.header("Cache-Control", "no-store").header("Referrer-Policy", referrers).header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff");
  }
}
