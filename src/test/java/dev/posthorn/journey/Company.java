package dev.posthorn.journey;

import static org.awaitility.Awaitility.await;

import dev.posthorn.ingress.SmtpListener;
import dev.posthorn.support.PackagedPosthorn;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A company that uses Posthorn, seen from its front end: everything goes through the REST API.
final class Company {
  /// The key of the platform's operator in tests.
  static final String OPERATOR = "the-operator-of-the-tests-0123456789";

  private static final AtomicInteger COUNT = new AtomicInteger();

  final String key;
  final String team;
  final String address;
  final String channel;

  private Company(String key) {
    this.key = key;
    this.team = get("/teams").getString("items[0].id");
    this.address = get("/teams/" + team + "/forwarding-addresses").getString("items[0].address");
    this.channel = get("/inbound-channels").getString("items[0].id");
  }

  /// The operator founds it.
  static Company founded(String operatorKey) {
    var slug = "j" + Long.toString(System.nanoTime(), 36) + COUNT.incrementAndGet();
    return new Company(as(operatorKey).contentType(ContentType.JSON)
        .body(Map.of("slug", slug, "name", "Journey & Sons", "locale", "en"))
        .post("/api/v1/tenants").then().statusCode(201).extract().path("adminKey"));
  }

  /// Where mail comes in: of the application in this JVM, or of the package that is tested.
  static int smtpPort() {
    return PackagedPosthorn.smtpPort().orElseGet(() -> CDI.current().select(SmtpListener.class).get().port());
  }

  static RequestSpecification as(String key) {
    return RestAssured.given().header("Authorization", "Bearer " + key);
  }

  RequestSpecification asAdmin() {
    return as(key);
  }

  JsonPath get(String path) {
    return asAdmin().get("/api/v1" + path).then().statusCode(200).extract().jsonPath();
  }

  JsonPath post(String path, Object body, int status) {
    return asAdmin().contentType(ContentType.JSON).body(body).post("/api/v1" + path).then().statusCode(status).extract().jsonPath();
  }

  /// The list of tickets once there are so many.
  JsonPath tickets(int count) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> get("/tickets"), list -> list.getList("items").size() >= count);
  }

  /// The messages of a ticket once there are so many.
  JsonPath messages(String ticket, int count) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> get("/tickets/" + ticket + "/messages"), list -> list.getList("items").size() >= count);
  }

  /// Pushes a mail by HTTP and gives its row once it is settled.
  JsonPath pushed(byte[] mail) {
    var id = asAdmin().contentType("message/rfc822").body(mail).post("/api/v1/inbound-channels/" + channel + "/mails")
        .then().statusCode(202).extract().<String>path("id");
    return await().atMost(Duration.ofSeconds(60)).until(() -> get("/inbound-mails/" + id), row -> !row.getString("state").equals("pending"));
  }
}
