package dev.posthorn.web;

import static dev.posthorn.web.ProblemsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@Timeout(60)
class BodyLimitTest {
  private static final String THINGS = "/api/v1/test-manners/things";
  private static final int MEGABYTE = 1 << 20;

  @TestHTTPResource URI base;
  private TestTenant tenant;

  @BeforeEach
  void tenant() {
    tenant = TestTenant.create();
  }

  @Test
  void jsonUpToTheLimitIsRead() {
    var body = "{\"name\":\"a\",\"shared\":true" + " ".repeat(MEGABYTE - 26) + "}";

    assertThat(body).hasSize(MEGABYTE);
    tenant.asAdmin().contentType("application/json").body(body).post(THINGS).then().statusCode(201);
  }

  @Test
  void jsonOneByteOverTheLimitIsTooLarge() {
    var body = "{\"name\":\"a\",\"shared\":true" + " ".repeat(MEGABYTE - 25) + "}";

    problem(tenant.asAdmin().contentType("application/json").body(body).post(THINGS), 413, "too-large").body("detail", equalTo("At most 1048576 bytes are accepted."));
  }

  @Test
  void twentyMegabytesInChunksAreTooLarge() throws IOException, InterruptedException {
    var huge = new SequenceInputStream(new ByteArrayInputStream("{\"name\":\"".getBytes(StandardCharsets.UTF_8)), endless(20L * MEGABYTE));

    var answer = send("application/json", huge);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void streamsOfOtherTypesLimitThemselves() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request("message/rfc822", endless(3L * MEGABYTE), "/api/v1/test-manners/streams"), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("{\"read\":" + 3L * MEGABYTE + "}");
    }
  }

  @Test
  void aBodyThatNobodyReadsLeavesTheConnectionUsable() throws IOException {
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      for (var path : new String[] {"/api/v1/no-such-thing", THINGS}) {
        var body = new byte[2 * MEGABYTE];
        socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + tenant.adminKey()
            + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
      }
      socket.getOutputStream().write(("GET /problems/gone HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .containsSubsequence("HTTP/1.1 404 ", "HTTP/1.1 415 ", "HTTP/1.1 200 ");
    }
  }

  @Test
  void aConnectionWhoseBodyWasReadIsNotCutOffLater() throws IOException {
    try (var used = new Socket(base.getHost(), base.getPort()); var stuck = new Socket(base.getHost(), base.getPort())) {
      post(used, "{\"name\":\"a\",\"shared\":true}", 0);
      assertThat(new BufferedReader(new InputStreamReader(used.getInputStream(), StandardCharsets.UTF_8)).readLine()).startsWith("HTTP/1.1 201 ");

      // This one never sends what it announced; when it is cut off, the other one's time would be over too.
      post(stuck, "{", 1_000_000_000);
      stuck.getInputStream().readAllBytes();

      used.getOutputStream().write(("GET /problems/gone HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(used.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("HTTP/1.1 200 ");
    }
  }

  private void post(Socket socket, String body, long missing) throws IOException {
    socket.getOutputStream().write(("POST " + THINGS + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + tenant.adminKey()
        + "\r\nContent-Type: application/json\r\nContent-Length: " + (body.length() + missing) + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatNobodyWouldReadIsRefusedWhenItIsAnnounced() throws IOException {
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(("POST " + THINGS + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + tenant.adminKey()
          + "\r\nContent-Type: message/rfc822\r\nContent-Length: 999999999999\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 413 ").containsIgnoringCase("content-type: application/problem+json").contains("/problems/too-large");
    }
  }

  private HttpResponse<String> send(String type, InputStream body) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request(type, body, THINGS), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpRequest request(String type, InputStream body, String path) {
    return HttpRequest.newBuilder(base.resolve(path)).version(HttpClient.Version.HTTP_1_1)
        .header("Authorization", "Bearer " + tenant.adminKey()).header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)).build();
  }

  private static InputStream endless(long size) {
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        return left-- > 0 ? 'x' : -1;
      }
    };
  }
}
