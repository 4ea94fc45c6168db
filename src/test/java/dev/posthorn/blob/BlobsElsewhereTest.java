package dev.posthorn.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.posthorn.mail.Sha256;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.support.FreePort;
import dev.posthorn.support.S3Server;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bytes that move to a bucket, and what becomes of them while that has trouble.
@QuarkusTest
@TestProfile(BlobsElsewhereTest.AtOnce.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = BlobsElsewhereTest.Place.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class BlobsElsewhereTest {
  /// What is written is moved as soon as anybody looks, in small pieces.
  public static final class AtOnce implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      // Other tests' bytes in the same database are none of its business.
      return Map.of("posthorn.blob.s3.move-older", "false", "posthorn.blob.s3.move-after", "0s", "posthorn.blob.s3.poll-interval", "100ms", "posthorn.blob.s3.first-pause", "100ms",
          "posthorn.blob.s3.longest-pause", "200ms", "posthorn.blob.s3.remove-after", "0s", "posthorn.blob.s3.lease", "1s",
          "posthorn.blob.s3.connect-timeout", "1s", "posthorn.blob.s3.answer-timeout", "2s", "posthorn.blob.piece-bytes", "10000");
    }
  }

  /// Tells the application where the bucket will be; the test makes it. Test resources live apart from tests, and share nothing with
  /// them but a port.
  public static final class Place implements QuarkusTestResourceLifecycleManager {
    private static final String PORT = "posthorn.test.bucket-port";

    @Override
    public Map<String, String> start() {
      System.setProperty(PORT, String.valueOf(FreePort.find()));
      return S3Server.config(port());
    }

    static int port() {
      return Integer.getInteger(PORT);
    }

    @Override
    public void stop() {
      System.clearProperty(PORT);
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static S3Server server;

  @Inject Blobs blobs;
  @Inject EntityManager entities;

  private FoundedTenant tenant;

  @BeforeAll
  static void open() {
    server = S3Server.start(Place.port());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @BeforeEach
  void found() {
    tenant = FoundedTenant.found();
  }

  @AfterEach
  void everythingIsBack() {
    server.gate().open();
  }

  private static byte[] bytes(int size, int seed) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Sha256 put(byte[] bytes) {
    var sha256 = Sha256.digest(bytes);
    tenant.in(() -> {
      blobs.put(sha256, bytes.length, new ByteArrayInputStream(bytes));
      return null;
    });
    return sha256;
  }

  private byte[] read(Sha256 sha256) throws IOException {
    return Tenancy.<byte[], IOException>in(tenant.id(), () -> {
      try (var bytes = blobs.open(sha256)) {
        return bytes.readAllBytes();
      }
    });
  }

  /// What of a blob is in the database: octets of content.
  private long here(Sha256 sha256) {
    return number("select coalesce(sum(length(content)), 0) from blob where sha256 = decode('" + sha256.hex() + "', 'hex')");
  }

  private long number(String sql) {
    return tenant.in(() -> ((Number) entities.createNativeQuery(sql).getSingleResult()).longValue());
  }

  private void moved(Sha256 sha256) {
    await().atMost(LIMIT).until(() -> here(sha256) == 0);
  }

  private List<String> objects(Sha256 sha256) {
    return server.objects().stream().filter(name -> name.contains(tenant.id().value() + "/" + sha256.hex())).toList();
  }

  @Test
  void bytesMoveAndAreReadFromThere() throws IOException {
    var bytes = bytes(35_000, 1);
    var sha256 = put(bytes);

    moved(sha256);

    assertThat(objects(sha256)).hasSize(1);
    assertThat(number("select count(*) from blob")).isEqualTo(1);
    assertThat(number("select count(*) from blob_move")).isZero();
    assertThat(number("select count(*) from blob_removal")).isZero();
    assertThat(read(sha256)).isEqualTo(bytes);
    assertThat(Tenancy.<byte[], IOException>in(tenant.id(), () -> blobs.openAll(List.of(sha256)).get(sha256).readAllBytes())).isEqualTo(bytes);
  }

  @Test
  void theSameBytesAgainAreStillOneObject() throws IOException {
    var bytes = bytes(100, 2);
    moved(put(bytes));

    put(bytes);

    assertThat(read(Sha256.digest(bytes))).isEqualTo(bytes);
    assertThat(objects(Sha256.digest(bytes))).hasSize(1);
  }

  @Test
  void whatIsMovedWhileItIsReadIsReadToItsEnd() throws IOException {
    server.gate().cut();
    var bytes = bytes(35_000, 3);
    var sha256 = put(bytes);
    var open = Tenancy.in(tenant.id(), () -> blobs.open(sha256));
    var beginning = open.readNBytes(12_000);
    server.gate().open();
    moved(sha256);

    var rest = open.readAllBytes();

    assertThat(beginning.length + rest.length).isEqualTo(bytes.length);
    assertThat(rest).endsWith(bytes[34_999]);
  }

  @Test
  void attachmentsSurviveTroubleOfTheStorage() throws IOException { // P-44
    server.gate().cut();
    var file = "all of the bytes ".repeat(2_000);
    var mail = SampleMail.from("anna@customer.example").to("support@acme.example").subject("With a file")
        .header("MIME-Version", "1.0").header("Content-Type", "multipart/mixed; boundary=b")
        .body("--b\r\n\r\nHello\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=f.txt\r\n\r\n" + file
            + "\r\n--b--\r\n").bytes();

    var channel = tenant.get("inbound-channels").extract().<String>path("items[0].id");
    tenant.asAdmin().contentType("message/rfc822").body(mail).post("/api/v1/inbound-channels/" + channel + "/mails").then().statusCode(202);
    await().atMost(LIMIT).until(() -> number("select count(*) from attachment"), found -> found == 1);
    var sha256 = Sha256.digest(file.getBytes(StandardCharsets.US_ASCII));
    await().atMost(LIMIT).until(() -> number("select max(attempts) from blob_move") > 1);
    assertThat(read(sha256)).asString().isEqualTo(file);
    server.gate().open();
    moved(sha256);

    assertThat(read(sha256)).asString().isEqualTo(file);
    server.gate().cut();
    var attachment = tenant.in(() -> entities.createNativeQuery("select cast(id as text) from attachment", String.class).getSingleResult());
    tenant.asAdmin().get("/api/v1/attachments/" + attachment).then().statusCode(503).header("Retry-After", "30");
    server.gate().open();
    assertThat(tenant.asAdmin().get("/api/v1/attachments/" + attachment).then().statusCode(200).extract().asString()).isEqualTo(file);
  }

  @Test
  void whatIsDeletedHereIsDeletedThere() {
    var sha256 = put(bytes(100, 5));
    moved(sha256);

    tenant.in(() -> entities.createNativeQuery("delete from blob").executeUpdate());

    await().atMost(LIMIT).until(() -> objects(sha256).isEmpty());
    await().atMost(LIMIT).until(() -> number("select count(*) from blob_removal") == 0);
  }

  @Test
  void whatWasHereBeforeTheBucketIsFoundToBeMoved() {
    server.gate().cut();
    var sha256 = put(bytes(100, 6));
    var own = "select count(*) from blob_move where sha256 = decode('" + sha256.hex() + "', 'hex')";

    var found = assertThrows(Undone.class, () -> tenant.in(() -> {
      entities.createNativeQuery("delete from blob_move").executeUpdate();
      entities.createNativeQuery("select queue_blob_moves(1000000, now())").getSingleResult();
      throw new Undone(((Number) entities.createNativeQuery(own).getSingleResult()).longValue());
    }));

    assertThat(found.found).isEqualTo(1);
  }

  /// Other tenants' bytes shall stay where they are.
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long found;

    Undone(long found) {
      this.found = found;
    }
  }

  @Test
  void damagedBytesAreTroubleAndNeverContent() {
    var bytes = bytes(100, 7);
    var sha256 = put(bytes);
    moved(sha256);
    server.overwrite(objects(sha256).getFirst(), bytes(100, 8));

    assertThatThrownBy(() -> read(sha256)).hasMessageContaining(sha256.hex());
  }
}
