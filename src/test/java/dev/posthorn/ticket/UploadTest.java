package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.mail.Sha256;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class UploadTest {
  private static final int LIMIT = 26_214_400;

  private final Desk desk = new Desk();

  @Test
  void aFileIsKeptAsItIs() {
    var bytes = "%PDF-1.7".getBytes(StandardCharsets.UTF_8);

    var answer = Desk.as(desk.admin).contentType("application/pdf").queryParam("name", "a.pdf").body(bytes).post("/api/v1/uploads").then()
        .statusCode(201).body("name", equalTo("a.pdf")).body("contentType", equalTo("application/pdf")).body("size", equalTo(8))
        .body("sha256", equalTo(Sha256.digest(bytes).hex())).extract();

    var shown = Desk.as(desk.admin).get(answer.header("Location")).then().statusCode(200).body("id", equalTo(answer.path("id"))).extract();
    assertThat(shown.header("ETag")).isEqualTo(answer.header("ETag")).isNotNull();
    Desk.as(new Desk().admin).get(answer.header("Location")).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ../../etc/passwd           | text/plain         | passwd
      C:\\temp\\invoice.pdf      | application/pdf    | invoice.pdf
      invoice\u202Efdp.exe       | text/plain         | invoicefdp.exe
      Grüße 🐎.txt               | text/plain         | Grüße 🐎.txt
      ..                         | image/png          | attachment-1.png
      """)
  void namesAreCleanLikeThoseOfMailedFiles(String name, String type, String kept) {
    Desk.as(desk.admin).contentType(type).queryParam("name", name).body(new byte[] {1}).post("/api/v1/uploads").then()
        .statusCode(201).body("name", equalTo(kept));
  }

  @Test
  void aNameIsOneLine() {
    Desk.as(desk.admin).contentType("text/plain").queryParam("name", "two\r\nlines.txt").body(new byte[] {1}).post("/api/v1/uploads").then()
        .statusCode(201).body("name", equalTo("two  lines.txt"));
  }

  @Test
  void aFileNeedsNeitherNameNorType() throws Exception {
    var answer = send(HttpRequest.BodyPublishers.ofByteArray(new byte[0]), null);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).contains("\"name\":\"attachment-1.bin\"", "\"contentType\":\"application/octet-stream\"", "\"size\":0");
  }

  @Test
  void aJsonFileIsAFile() {
    var json = ("[" + "1,".repeat(1_000_000) + "1]").getBytes(StandardCharsets.UTF_8);

    Desk.as(desk.admin).contentType("application/json").queryParam("name", "data.json").body(json).post("/api/v1/uploads").then()
        .statusCode(201).body("size", equalTo(json.length)).body("contentType", equalTo("application/json"));
  }

  @Test
  void aFileAtTheLimitIsKeptAndALargerOneIsRefused() throws Exception {
    assertThat(send(HttpRequest.BodyPublishers.ofByteArray(new byte[LIMIT]), "image/png").statusCode()).isEqualTo(201);

    var announced = send(HttpRequest.BodyPublishers.ofByteArray(new byte[LIMIT + 1]), "image/png");
    var chunked = send(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1])), "image/png");

    for (var answer : new HttpResponse<?>[] {announced, chunked}) {
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat((String) answer.body()).contains("/problems/too-large", String.valueOf(LIMIT));
    }
  }

  private HttpResponse<String> send(HttpRequest.BodyPublisher body, String type) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/uploads"))
        .header("Authorization", "Bearer " + desk.admin).POST(body);
    if (type != null) {
      request.header("Content-Type", type);
    }
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
