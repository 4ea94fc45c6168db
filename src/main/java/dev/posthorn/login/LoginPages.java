package dev.posthorn.login;

import dev.posthorn.web.ProblemPages;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What people see when they sign in. Pages without scripts, that stand in no frame and send their forms nowhere else.
@ApplicationScoped
public class LoginPages implements ProblemPages {
  private static final String ROOT = "/login";
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  // Without the referrer a browser would not say from where our own forms come.
  private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy", POLICY, "Referrer-Policy", "same-origin", "Cache-Control", "no-store");

  /// The pages.
  @CheckedTemplate(basePath = "login")
  static class Pages {
    private Pages() {}

    static native TemplateInstance providers(List<Button> providers, boolean signedIn, boolean invited);

    static native TemplateInstance entrance(String name, List<Way> ways, boolean mayFound);

    static native TemplateInstance words(String title, String detail, String link, String linkWords);
  }

  /// A way to sign in.
  record Button(String id, String title, String href) {}

  /// A way in.
  ///
  /// @param kind `enter`, `accept` or `join`
  /// @param tenant where to; empty where the invitation says it
  record Way(String id, String kind, String tenant, String words) {}

  Response providers(Map<String, LoginConfig.Provider> providers, boolean signedIn, boolean invited) {
    var buttons = providers.entrySet().stream().map(one -> new Button(one.getKey(), one.getValue().title(), Providers.PATH + one.getKey())).toList();
    return page(200, Pages.providers(buttons, signedIn, invited));
  }

  Response entrance(Arrival arrival, Entrance entrance) {
    var ways = new ArrayList<Way>();
    entrance.invitation().ifPresent(offer -> ways.add(new Way("accept", "accept", "", "Join " + offer.company() + " as " + offer.role())));
    entrance.homes().forEach(home -> ways.add(new Way("enter-" + home.slug(), "enter", home.tenant().toString(), home.company())));
    entrance.joinable().forEach(offer -> ways.add(new Way("join", "join", offer.place().tenant().toString(), "Join " + offer.company() + " as " + offer.role())));
    return page(200, Pages.entrance(arrival.called(), ways, entrance.mayFound()));
  }

  @Override
  public boolean has(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  @Override
  public Shown of(String title, String detail) {
    return new Shown(Pages.words(title, detail, ROOT, "Sign in").render(), HEADERS);
  }

  /// @param there where to sign out at the provider; null for nowhere
  Response signedOut(String there, NewCookie... gone) {
    var page = there == null ? Pages.words("You are signed out", "", ROOT, "Sign in")
        : Pages.words("You are signed out", "At the provider you are still signed in.", there, "Sign out there too");
    return Response.fromResponse(page(200, page)).cookie(gone).build();
  }

  private static Response page(int status, TemplateInstance page) {
    var response = Response.status(status).type("text/html; charset=utf-8").entity(page.render());
    HEADERS.forEach(response::header);
    return response.build();
  }
}
