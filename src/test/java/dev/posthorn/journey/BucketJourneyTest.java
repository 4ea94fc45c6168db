package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.support.Node;
import dev.posthorn.support.Office;
import dev.posthorn.support.Rows;
import dev.posthorn.support.S3Server;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.Sender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The packaged application with a bucket that is away, comes, and goes: mail comes in all the same, and every byte of it comes out.
@Tag("packaged")
class BucketJourneyTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void mailComesInAndOutWhateverTheBucketDoes() throws Exception { // P-44
    var rows = Rows.fresh("bucket");
    try (var bucket = S3Server.start(); var node = Node.plan("bucket", 1).set(bucket.config()).set("posthorn.blob.s3.move-after", "0s")
        .set("posthorn.blob.s3.poll-interval", "200ms").set("posthorn.blob.s3.first-pause", "200ms").set("posthorn.blob.s3.longest-pause", "1s")
        .set("posthorn.blob.s3.connect-timeout", "2s").set("posthorn.blob.s3.answer-timeout", "5s").start("bucket")) {
      var office = Office.found(node, "bucket");
      var mail = large(office);
      bucket.gate().cut();

      assertThat(Sender.send(node.smtpPort(), "anna@customer.example", office.address(), mail)).isEqualTo(250);
      await().atMost(LIMIT).until(() -> rows.words("select state from inbound_mail").contains("ticketed"));
      await().atMost(LIMIT).until(() -> rows.number("select max(attempts) from blob_move") > 1);
      var original = "/api/v1/messages/" + rows.words("select id from message").getFirst() + "/raw";
      assertThat(get(node, office, original).body()).isEqualTo(mail);

      bucket.gate().open();
      await().atMost(LIMIT).until(() -> rows.number("select count(*) from blob where object is null") == 0);
      assertThat(rows.number("select sum(length(content)) from blob")).isZero();
      assertThat(get(node, office, original).body()).isEqualTo(mail);

      bucket.gate().cut();
      assertThat(get(node, office, original).statusCode()).isEqualTo(503);
      bucket.gate().open();
      assertThat(get(node, office, original).body()).isEqualTo(mail);
    }
  }

  /// Some pieces long.
  private static byte[] large(Office office) {
    var random = new Random(7);
    var text = new StringBuilder();
    for (int line = 0; line < 40_000; line++) {
      text.append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong())).append('\n');
    }
    return SampleMail.from("anna@customer.example").to(office.address()).subject("Much").body(text.toString()).bytes();
  }

  private static HttpResponse<byte[]> get(Node node, Office office, String path) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(node.http() + path)).header("Authorization", "Bearer " + office.adminKey())
        .timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
  }
}
