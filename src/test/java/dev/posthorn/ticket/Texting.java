package dev.posthorn.ticket;

import static org.awaitility.Awaitility.await;

import dev.posthorn.support.Gateway;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A tenant that writes and gets texts by a gateway of the test's.
final class Texting implements AutoCloseable {
  static final String ANNA = "+4915112345678";

  final Desk desk = new Desk();
  final Gateway gateway = new Gateway();
  final String secret;
  final String channel;
  final String account;

  Texting() {
    JsonPath made = post("/text-accounts", Map.of("name", "Mobile", "number", "+41 44 668 18 00", "teamId", desk.lodger.teamId(), "gatewayUrl", gateway.url()))
        .statusCode(201).extract().jsonPath();
    secret = made.getString("secret");
    channel = made.getString("inboundChannelId");
    account = made.getString("id");
  }

  ValidatableResponse post(String path, Object body) {
    return Desk.as(desk.admin).contentType("application/json").body(body).post("/api/v1" + path).then();
  }

  JsonPath arrives(String id, String from, String text) {
    return post("/inbound-channels/" + channel + "/texts", Map.of("id", id, "from", from, "text", text)).statusCode(202).extract().jsonPath();
  }

  UUID replied(UUID ticket, Map<String, ?> body) {
    return desk.reply(ticket, body).statusCode(202).extract().jsonPath().getUUID("id");
  }

  void becomes(UUID message, String state) {
    await().until(() -> state(message).equals(state));
  }

  String state(UUID message) {
    return desk.get("/messages/{id}", message).getString("delivery.state");
  }

  void phone(UUID ticket, String... numbers) {
    var contact = desk.get("/tickets/{id}", ticket).getString("requester.contactId");
    Desk.as(desk.admin).contentType("application/merge-patch+json").body(Map.of("phones", List.of(numbers))).patch("/api/v1/contacts/" + contact).then().statusCode(200);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
