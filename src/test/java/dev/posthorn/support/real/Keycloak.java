package dev.posthorn.support.real;

import static org.awaitility.Awaitility.await;

import dev.posthorn.support.FreePort;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A Keycloak of a test's own, as the profile `keycloak` of the build has fetched it (docs/real-servers.md), with its rows in memory.
public final class Keycloak implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String ADMIN = "only-for-tests";

  private final Daemon daemon;
  private final String url;

  private Keycloak(Daemon daemon, int port) {
    this.daemon = daemon;
    this.url = "http://127.0.0.1:" + port;
  }

  /// Starts one, and waits until it answers.
  public static Keycloak start() {
    var program = program();
    var daemon = new Daemon("keycloak", program);
    int port = FreePort.find();
    var keycloak = new Keycloak(daemon, port);
    try {
      daemon.start(List.of("env", "JAVA_HOME=" + System.getProperty("java.home"), "JAVA_OPTS_KC_HEAP=-Xms64m -Xmx512m",
          "JAVA_OPTS_APPEND=-XX:TieredStopAtLevel=1", "KC_BOOTSTRAP_ADMIN_USERNAME=" + ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD=" + ADMIN, program.toString(), "start-dev", "--db=dev-mem",
          "--cache=local", "--http-host=127.0.0.1", "--http-port=" + port), port, LIMIT);
      await("Keycloak to answer").atMost(LIMIT).ignoreExceptionsInstanceOf(ConnectException.class)
          .until(() -> RestAssured.get(keycloak.url + "/realms/master/.well-known/openid-configuration").statusCode() == 200);
      return keycloak;
    } catch (RuntimeException | Error e) {
      daemon.close();
      throw e;
    }
  }

  /// `kc.sh` of whichever version lies below the directory that the build names.
  private static Path program() {
    try (var versions = Files.list(Path.of(System.getProperty("posthorn.test.keycloak", "target/keycloak")).toAbsolutePath())) {
      return versions.map(version -> version.resolve("bin/kc.sh")).filter(Files::isExecutable).findFirst()
          .orElseThrow(() -> new IllegalStateException("There is no Keycloak: ./mvnw test -Pkeycloak fetches one"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it is reached, without a slash at its end.
  public String url() {
    return url;
  }

  /// Makes a realm.
  ///
  /// @param realm JSON, as its exports are
  public void realm(String realm) {
    administer(url).contentType("application/json").body(realm).post("/admin/realms").then().statusCode(201);
  }

  /// Makes somebody who signs in with the name and a password, or makes them what is said now.
  ///
  /// @param url of the Keycloak
  public static void person(String url, String realm, String name, String password, String email, boolean verified) {
    var users = "/admin/realms/" + realm + "/users";
    var person = Map.of("username", name, "enabled", true, "email", email, "emailVerified", verified, "firstName", "Name of", "lastName", name,
        "credentials", List.of(Map.of("type", "password", "value", password, "temporary", false)));
    String known = administer(url).queryParam("username", name).queryParam("exact", true).get(users).then().statusCode(200).extract().path("[0].id");
    var wanted = administer(url).contentType("application/json").body(person);
    if (known == null) {
      wanted.post(users).then().statusCode(201);
    } else {
      wanted.put(users + "/" + known).then().statusCode(204);
    }
  }

  private static RequestSpecification administer(String url) {
    String token = RestAssured.given().formParam("grant_type", "password").formParam("client_id", "admin-cli").formParam("username", ADMIN)
        .formParam("password", ADMIN).post(url + "/realms/master/protocol/openid-connect/token").then().statusCode(200).extract().path("access_token");
    return RestAssured.given().baseUri(url).port(URI.create(url).getPort()).header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    daemon.close();
  }
}
