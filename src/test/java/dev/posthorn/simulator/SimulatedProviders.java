package dev.posthorn.simulator;

import dev.posthorn.support.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Tells the application under test where the simulator will be. Whoever needs it starts it there ([Simulator#start(int)]): test
/// resources live apart from tests, and share nothing with them but a port.
public final class SimulatedProviders implements QuarkusTestResourceLifecycleManager {
  /// The application that is registered at both providers.
  public static final String CLIENT = "11111111-2222-4333-8444-555555555555";
  /// Its secret.
  public static final String CLIENT_SECRET = "the-secret-of-the-application";
  /// Where providers send browsers back to.
  public static final String CALLBACK = "http://posthorn.example/oauth/callback";
  /// Where Gmail announces new mail to.
  public static final String TOPIC = "projects/acme/topics/gmail";
  /// Whom the tokens of its pushes are for.
  public static final String PUSH_AUDIENCE = "https://posthorn.example/hooks/gmail";
  /// As whom they come.
  public static final String PUSH_ACCOUNT = "pusher@acme.iam.gserviceaccount.example";
  /// Where sign-ins may lead back to.
  public static final String DESK = "http://desk.example/";

  private static final String PORT = "posthorn.test.simulator-port";

  @Override
  public Map<String, String> start() {
    System.setProperty(PORT, String.valueOf(FreePort.find()));
    return settings("http://127.0.0.1:" + port());
  }

  /// The port that is free for it.
  public static int port() {
    return Integer.getInteger(PORT);
  }

  /// What the application has to be told of a simulator.
  public static Map<String, String> settings(String url) {
    return Map.ofEntries(
        Map.entry("posthorn.microsoft365.login-url", url + "/entra"),
        Map.entry("posthorn.microsoft365.graph-url", url + "/graph"),
        Map.entry("posthorn.microsoft365.graph.notification-url", url + "/front"),
        Map.entry("posthorn.microsoft365.client-id", CLIENT),
        Map.entry("posthorn.microsoft365.client-secret", CLIENT_SECRET),
        Map.entry("posthorn.gmail-api.authorize-url", url + "/google/o/oauth2/v2/auth"),
        Map.entry("posthorn.gmail-api.token-url", url + "/google/token"),
        Map.entry("posthorn.gmail-api.keys-url", url + "/google/certs"),
        Map.entry("posthorn.gmail-api.issuer", url + "/google"),
        Map.entry("posthorn.gmail-api.api-url", url + "/gmail"),
        Map.entry("posthorn.gmail-api.requests.topic", TOPIC),
        Map.entry("posthorn.gmail-api.push.audience", PUSH_AUDIENCE),
        Map.entry("posthorn.gmail-api.push.account", PUSH_ACCOUNT),
        Map.entry("posthorn.gmail-api.client-id", CLIENT),
        Map.entry("posthorn.gmail-api.client-secret", CLIENT_SECRET),
        Map.entry("posthorn.oauth.callback-url", CALLBACK),
        Map.entry("posthorn.oauth.return-to", DESK),
        Map.entry("posthorn.oauth.trouble-pause", "100ms"),
        Map.entry("posthorn.oauth.refresh-watch", "20ms"));
  }

  @Override
  public void stop() {
    System.clearProperty(PORT);
  }
}
