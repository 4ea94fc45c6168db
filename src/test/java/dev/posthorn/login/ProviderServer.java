package dev.posthorn.login;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequestHandler;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/// A server of OpenID Connect that is not ours (mock-oauth2-server), with two providers: at one people choose their address, and it says
/// itself whether it is theirs; at the other the application takes access tokens too.
public final class ProviderServer implements QuarkusTestResourceLifecycleManager {
  /// What the secret of the application's registration begins with; behind it stands the provider's name.
  static final String SECRET = "the-secret-of-the-registration-at-";

  private Doorway server;

  @Override
  public Map<String, String> start() {
    server = new Doorway();
    var config = new OAuth2Config(true, null, null, false, new OAuth2TokenProvider(), Set.of(), server);
    try {
      server.start(InetAddress.getByName("127.0.0.1"), 0, new OAuth2HttpRequestHandler(config).getAuthorizationServer());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
    var url = "http://127.0.0.1:" + server.port() + "/";
    System.setProperty("posthorn.test.provider-url", url);
    var settings = new HashMap<>(settings(url));
    settings.put("posthorn.login.providers.down.title", "Sign in where nobody answers");
    settings.put("posthorn.login.providers.down.url", "http://127.0.0.1:1/down");
    settings.put("posthorn.login.providers.down.client-id", "posthorn");
    settings.put("posthorn.login.providers.down.client-secret", "the-secret-of-the-registration-there");
    // For the test in which nobody answers.
    settings.put("posthorn.login.answer-timeout", "3s");
    return settings;
  }

  /// How the application knows the two providers of a [Doorkeeper].
  ///
  /// @param url below which each has its name
  static Map<String, String> settings(String url) {
    var settings = new HashMap<String, String>();
    for (var name : Set.of("acme", "other")) {
      settings.put("posthorn.login.providers." + name + ".title", "Sign in with " + name);
      settings.put("posthorn.login.providers." + name + ".url", url + name);
      settings.put("posthorn.login.providers." + name + ".client-id", "posthorn-" + name);
      settings.put("posthorn.login.providers." + name + ".client-secret", SECRET + name);
    }
    settings.put("posthorn.login.providers.other.audience", Doorkeeper.AUDIENCE);
    settings.put("posthorn.login.home", "/problems/gone");
    return settings;
  }

  @Override
  public void stop() {
    server.stop();
  }
}
