package dev.posthorn.ticket;

import dev.posthorn.intake.InboundMail;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.MailLimits;
import dev.posthorn.mail.MailParser;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.RawMail;
import dev.posthorn.queue.Queue;
import dev.posthorn.queue.Queues;
import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.team.Agent;
import dev.posthorn.team.Agents;
import dev.posthorn.team.Team;
import dev.posthorn.team.Teams;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.Role;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/// A tenant of a test, as the people who work there see it: mail comes in, and by their keys they see and do what they may.
final class Desk {
  private static final RestAssuredConfig UTF8 =
      RestAssuredConfig.config().encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset(StandardCharsets.UTF_8));

  final House house = bean(House.class);
  final House.Lodger lodger = house.lodger();
  final String admin = key(Role.ADMIN, null);

  static <T> T bean(Class<T> type) {
    return CDI.current().select(type).get();
  }

  <T> T in(Callable<T> work) {
    return house.in(lodger, work);
  }

  String key(Role role, UUID agentId) {
    return in(() -> bean(ApiKeys.class).issue(role, role.word(), agentId).key());
  }

  UUID agent(String name, Role role, UUID... queues) {
    return in(() -> {
      var agent = new Agent();
      agent.id = Ids.next();
      agent.name = name;
      agent.email = name + "@staff.example";
      agent.role = role.word();
      agent.signatureHtml = "";
      agent.createdAt = Instant.now();
      agent.updatedAt = agent.createdAt;
      bean(Agents.class).persistAndFlush(agent);
      Arrays.stream(queues).forEach(queue -> {
        var people = new HashSet<>(bean(Queues.class).agents(queue));
        people.add(agent.id);
        bean(Queues.class).staff(queue, people);
      });
      return agent.id;
    });
  }

  void signature(UUID agentId, String html) {
    in(() -> bean(Agents.class).findById(agentId).signatureHtml = html);
  }

  /// The queue where the first team's mail goes.
  UUID inbox() {
    return in(() -> bean(Teams.class).<Team>findById(lodger.teamId()).defaultQueueId);
  }

  UUID queue(String name, UUID teamId) {
    return in(() -> {
      var queue = new Queue();
      queue.id = Ids.next();
      queue.name = name;
      queue.color = "#112233";
      queue.teamId = teamId;
      queue.position = 9;
      queue.createdAt = Instant.now();
      queue.updatedAt = queue.createdAt;
      bean(Queues.class).persistAndFlush(queue);
      return queue.id;
    });
  }

  UUID team(String name, UUID... leads) {
    return in(() -> {
      var team = bean(Teams.class).create(name, name, name + "." + Long.toString(System.nanoTime(), 36));
      bean(Teams.class).staff(team.id, Set.of(), Set.of(leads));
      return team.id;
    });
  }

  SampleMail from(String sender) {
    return SampleMail.from(sender).to(lodger.address()).subject("It does not work");
  }

  InboundMail arrives(SampleMail mail) {
    return house.filed(lodger, mail.bytes());
  }

  /// A ticket of Anna's.
  UUID ticket() {
    return arrives(from("Anna Example <anna@customer.example>")).ticketId;
  }

  static RequestSpecification as(String key) {
    return RestAssured.given().config(UTF8).header("Authorization", "Bearer " + key);
  }

  JsonPath get(String path, Object... parameters) {
    return as(admin).get("/api/v1" + path, parameters).then().log().ifValidationFails().statusCode(200).extract().jsonPath();
  }

  ValidatableResponse reply(UUID ticket, Object body) {
    return reply(admin, ticket, body);
  }

  ValidatableResponse reply(String key, UUID ticket, Object body) {
    return as(key).contentType(ContentType.JSON).body(body).post("/api/v1/tickets/{id}/replies", ticket).then();
  }

  ValidatableResponse patch(UUID ticket, Map<String, ?> change) {
    return as(admin).contentType("application/merge-patch+json").body(change).patch("/api/v1/tickets/{id}", ticket).then();
  }

  UUID upload(String name, String type, byte[] bytes) {
    return as(admin).contentType(type).queryParam("name", name).body(bytes).post("/api/v1/uploads").then().statusCode(201)
        .extract().jsonPath().getUUID("id");
  }

  byte[] raw(UUID message) {
    return as(admin).get("/api/v1/messages/{id}/raw", message).then().statusCode(200).extract().asByteArray();
  }

  /// The bytes that leave, read as their recipients read them.
  Mail sent(UUID message) {
    return switch (new MailParser(MailLimits.DEFAULT).parse(RawMail.of(raw(message)))) {
      case Parsed.Readable(Mail mail) -> mail;
      case Parsed.Unreadable(String why) -> throw new AssertionError(why);
    };
  }
}
