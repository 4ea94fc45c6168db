package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a path is written, the door, the scopes and REST read the same one.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@Timeout(60)
class PlainPathsTest {
  private static final String NEW_KEY = "{\"name\":\"robot\",\"role\":\"admin\"}";

  @TestHTTPResource URI base;

  @ParameterizedTest
  @ValueSource(strings = {
    "/api/v1;x/api-keys", "/api;x/v1/api-keys", "/api/v1/api-keys;x", "/;x/api/v1/api-keys", "/api/v1/tickets;x/../api-keys", "/api/v1/api-keys;a=b/",
    "/api/v1;/api-keys", "/api/v1%3bx/api-keys", "/api/v1%3Bx/api-keys", "/api%3Bx/v1/api-keys"
  })
  void aPathWithASemicolonIsRefusedWhoeverCalls(String path) throws IOException {
    var tenant = TestTenant.create();

    assertThat(post(path, tenant.adminKey())).startsWith("HTTP/1.1 400").contains("application/problem+json", "/problems/invalid-request", "nosniff");
    assertThat(post(path, null)).startsWith("HTTP/1.1 400");
    tenant.asAdmin().get("/api/v1/api-keys").then().body("items.size()", equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/api/v1/api-keys", "/api/v1/api-keys/", "//api/v1/api-keys", "/api//v1/api-keys", "/api/v1//api-keys", "/api/./v1/api-keys",
    "/api/v1/tickets/../api-keys", "/api/v1/tickets/%2e%2e/api-keys", "/api/v1/%61pi-keys", "/%61pi/v1/api-keys", "/api%2fv1/api-keys",
    "/api/v1%2fapi-keys", "/API/v1/api-keys", "/api/V1/api-keys", "/api/v1/API-KEYS", "/x/../api/v1/api-keys", "/../api/v1/api-keys", "/api/v1/api-keys%20",
    "/api/v1/api-keys%00", "/api/v1/api-keys%23", "/api/v1/api-keys%3f", "/api/v1/tickets\\..\\api-keys", "http://elsewhere.example/api/v1/api-keys"
  })
  void aKeyForTicketsIssuesNoOtherHoweverThePathIsWritten(String path) throws IOException {
    var tenant = TestTenant.create();
    String limited = tenant.asAdmin().contentType("application/json").body(Map.of("name", "reader", "role", "admin", "scopes", List.of("tickets:read")))
        .post("/api/v1/api-keys").then().statusCode(201).extract().path("key");

    var answer = post(path, limited);

    assertThat(answer.split(" ")[1]).isIn("400", "403", "404");
    assertThat(post(path, null).split(" ")[1]).isIn("400", "401", "404");
    tenant.asAdmin().get("/api/v1/api-keys").then().body("items.size()", equalTo(2));
  }

  /// By hand: clients write paths as they think is right.
  private String post(String path, String key) throws IOException {
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: " + base.getHost() + "\r\nConnection: close\r\nContent-Type: application/json\r\n"
          + (key == null ? "" : "Authorization: Bearer " + key + "\r\n") + "Content-Length: " + NEW_KEY.length() + "\r\n\r\n" + NEW_KEY)
          .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
