package dev.posthorn.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.mail.Sha256;
import dev.posthorn.support.S3Server;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The client with a real server of that protocol.
class S3BucketTest {
  private static S3Server server;
  private static S3Bucket bucket;

  @BeforeAll
  static void start() {
    server = S3Server.start();
    var config = new SmallRyeConfigBuilder().withConverter(Duration.class, 200, new DurationConverter()).withMapping(BlobConfig.class).withDefaultValues(server.config())
        .withDefaultValue("posthorn.blob.s3.answer-timeout", "2s").withDefaultValue("posthorn.blob.s3.prefix", "here/").build()
        .getConfigMapping(BlobConfig.class);
    bucket = new S3Bucket(config.s3(), S3Server.BUCKET);
  }

  @AfterEach
  void everythingIsBack() {
    server.gate().open();
  }

  @AfterAll
  static void stop() {
    bucket.close();
    server.close();
  }

  private static byte[] bytes(int size, int seed) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void put(String object, byte[] bytes) throws IOException {
    bucket.put(object, Sha256.digest(bytes), bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  @Test
  void bytesComeBackAsTheyWere() throws IOException {
    for (int size : new int[] {0, 1, 100_000, 3_000_000}) {
      var bytes = bytes(size, size);
      put("size-" + size, bytes);

      try (var back = bucket.get("size-" + size, 0)) {
        assertThat(back.readAllBytes()).isEqualTo(bytes);
      }
    }
    assertThat(server.objects()).contains("here/size-1");
  }

  @Test
  void bytesThatWereDamagedOnTheWayAreNotTaken() {
    assertThatThrownBy(() -> bucket.put("wrong", Sha256.digest(bytes(10, 1)), 10, () -> new ByteArrayInputStream(bytes(10, 2))))
        .isInstanceOf(IOException.class);
    assertThat(server.objects()).doesNotContain("here/wrong");
  }

  @Test
  void readingGoesOnInTheMiddle() throws IOException {
    var bytes = bytes(100_000, 7);
    put("middle", bytes);

    try (var back = bucket.get("middle", 99_990)) {
      assertThat(back.readAllBytes()).hasSize(10).endsWith(bytes[99_999]);
    }
  }

  @Test
  void whoReadsOnlyTheBeginningLeavesTheRest() throws IOException {
    put("large", bytes(3_000_000, 8));

    try (var back = bucket.get("large", 0)) {
      assertThat(back.readNBytes(10)).hasSize(10);
    }
    try (var back = bucket.get("large", 0)) {
      assertThat(back.readAllBytes()).hasSize(3_000_000);
    }
  }

  @Test
  void aDeletedObjectIsGoneAndMayBeDeletedAgain() throws IOException {
    put("gone", bytes(10, 9));
    bucket.delete("gone");
    bucket.delete("gone");

    assertThatThrownBy(() -> bucket.get("gone", 0)).isInstanceOf(IOException.class);
  }

  @Test
  void aBucketThatIsAwayOrSilentIsTroubleAndNoBug() throws IOException { // P-44
    put("away", bytes(10, 10));
    server.gate().cut();
    assertThatThrownBy(() -> bucket.get("away", 0)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> put("away", bytes(10, 10))).isInstanceOf(IOException.class);
    server.gate().stall();
    assertThatThrownBy(() -> bucket.get("away", 0)).isInstanceOf(IOException.class);
    server.gate().open();

    try (var back = bucket.get("away", 0)) {
      assertThat(back.readAllBytes()).hasSize(10);
    }
  }

  /// 96 MB that nobody holds: made while they are sent, and counted while they come back.
  @Test
  void aLargeObjectIsNeverWholeInMemory() throws Exception {
    long size = 96L << 20;
    var digest = MessageDigest.getInstance("SHA-256");
    try (var all = new DigestInputStream(new Made(size), digest)) {
      all.transferTo(OutputStream.nullOutputStream());
    }
    var sha256 = Sha256.of(digest.digest());
    long before = used();

    bucket.put("made", sha256, size, () -> new Made(size));
    try (var back = new Verified(bucket.get("made", 0), sha256)) {
      assertThat(back.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
    }
    assertThat(used() - before).as("bytes that live on").isLessThan(size / 4);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void bytesThatAreNotTheOnesEndInTrouble() throws IOException {
    var bytes = bytes(1000, 11);
    put("damaged", bytes);
    server.overwrite("here/damaged", bytes(1000, 12));

    try (var back = new Verified(bucket.get("damaged", 0), Sha256.digest(bytes))) {
      assertThatThrownBy(back::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining(Sha256.digest(bytes).hex());
    }
  }

  /// So many bytes that follow from their places.
  private static final class Made extends InputStream {
    private final long size;
    private long at;

    Made(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      return at == size ? -1 : (int) (at++ * 31 >> 3) & 0xff;
    }
  }
}
