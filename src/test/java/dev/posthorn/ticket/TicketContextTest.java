package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpServer;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.web.Role;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The customer panel, and the tenant's own system behind it.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TicketContextTest {
  private final Desk desk = new Desk();
  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private HttpServer shop;
  private int status = 200;
  private String answer = "{\"orders\":[{\"number\":7}]}";

  @BeforeEach
  void open() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    shop.createContext("/", exchange -> {
      asked.add(exchange.getRequestURI().toString());
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (var out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    });
    shop.start();
  }

  @AfterEach
  void close() {
    shop.stop(0);
  }

  private ValidatableResponse url(String url) {
    return Desk.as(desk.admin).contentType(ContentType.JSON).body(Map.of("contextUrl", url)).patch("/api/v1/tenant").then();
  }

  private ValidatableResponse context(UUID ticket) {
    return Desk.as(desk.admin).get("/api/v1/tickets/{id}/context", ticket).then().statusCode(200);
  }

  @Test
  void theCustomerTheLastTicketsAndWhatTheTenantKnows() throws InterruptedException { // TH-44
    var earlier = desk.ticket();
    var ticket = desk.ticket();
    Desk.as(desk.admin).contentType(ContentType.JSON)
        .body(Map.of("name", "Anna", "emails", List.of("anna@customer.example"), "externalId", "A&1", "vip", true)).post("/api/v1/contacts").then().statusCode(201);
    url("http://127.0.0.1:" + shop.getAddress().getPort() + "/customer?key=1").statusCode(200);

    context(ticket).body("contact.name", equalTo("Anna")).body("contact.vip", equalTo(true)).body("tickets.id", contains(earlier.toString()))
        .body("external.state", equalTo("found")).body("external.data.orders[0].number", equalTo(7)).body("external.detail", nullValue());

    assertThat(asked.take()).startsWith("/customer?key=1&contactId=").contains("&ticket=2", "&email=anna%40customer.example", "&externalId=A%261");
  }

  @Test
  void withoutAUrlNobodyIsAsked() {
    context(desk.ticket()).body("external.state", equalTo("off")).body("external.data", nullValue());
    assertThat(asked).isEmpty();
  }

  @Test
  void whoKnowsNothingSaysSo() {
    url("http://127.0.0.1:" + shop.getAddress().getPort() + "/").statusCode(200);
    status = 404;

    context(desk.ticket()).body("external.state", equalTo("nothing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "7", "\"text\"", ""})
  void whatIsNoObjectIsNotShown(String document) {
    url("http://127.0.0.1:" + shop.getAddress().getPort() + "/").statusCode(200);
    answer = document;

    context(desk.ticket()).body("external.state", equalTo("failed")).body("external.data", nullValue());
  }

  @Test
  void anAnswerHasItsLimit() {
    url("http://127.0.0.1:" + shop.getAddress().getPort() + "/").statusCode(200);
    answer = "[\"" + "x".repeat(70_000) + "\"]";

    context(desk.ticket()).body("external.state", equalTo("failed")).body("external.detail", containsString("65536"));
  }

  @Test
  void whoDoesNotAnswerHoldsNobodyUpForLong() throws IOException {
    try (var silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
      url("http://127.0.0.1:" + silent.getLocalPort() + "/").statusCode(200);

      context(desk.ticket()).body("external.state", equalTo("failed")).body("contact.name", equalTo("Anna Example"));
    }
  }

  @Test
  void ourOwnNetworkIsNotAsked() {
    url("https://10.1.2.3/").statusCode(200);

    context(desk.ticket()).body("external.state", equalTo("failed")).body("external.detail", equalTo("no such host"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer", "ftp://shop.example/", "https://user:secret@shop.example/", "https:///x", "https://shop.example/#a", "https://shop.example/a b"})
  void aUrlIsOne(String url) {
    url(url).statusCode(400).body("errors[0].pointer", equalTo("/contextUrl"));
  }

  @Test
  void onlyAdminsSeeTheUrl() {
    url("https://shop.example/?key=secret").statusCode(200).body("contextUrl", equalTo("https://shop.example/?key=secret"));

    Desk.as(desk.key(Role.AGENT, desk.agent("ann", Role.AGENT))).get("/api/v1/tenant").then().statusCode(200).body("contextUrl", nullValue());
  }

  @Test
  void whoDoesNotSeeTheTicketSeesNoContext() {
    var ticket = desk.ticket();

    Desk.as(desk.key(Role.AGENT, desk.agent("ann", Role.AGENT))).get("/api/v1/tickets/{id}/context", ticket).then().statusCode(404);
  }
}
