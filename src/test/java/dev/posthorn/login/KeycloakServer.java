package dev.posthorn.login;

import dev.posthorn.support.FreePort;
import dev.posthorn.support.real.Keycloak;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A real Keycloak with a realm for each provider of a [Doorkeeper]. It lets people back to registered addresses alone, so the
/// application's is chosen before it starts.
public final class KeycloakServer implements QuarkusTestResourceLifecycleManager {
  private Keycloak server;

  @Override
  public Map<String, String> start() {
    server = Keycloak.start();
    int port = FreePort.find();
    var ourUrl = "http://localhost:" + port;
    for (var realm : List.of("acme", "other", "foreign")) {
      server.realm(realm().replace("${realm}", realm).replace("${secret}", ProviderServer.SECRET + realm).replace("${public-url}", ourUrl));
    }
    System.setProperty("posthorn.test.keycloak-url", server.url());
    var settings = new HashMap<>(ProviderServer.settings(server.url() + "/realms/"));
    settings.put("quarkus.http.test-port", String.valueOf(port));
    settings.put("posthorn.web.public-url", ourUrl);
    return settings;
  }

  private static String realm() {
    try (var file = KeycloakServer.class.getResourceAsStream("/keycloak/realm.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
