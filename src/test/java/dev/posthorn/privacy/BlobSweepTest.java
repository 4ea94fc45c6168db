package dev.posthorn.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.Sha256;
import dev.posthorn.support.House;
import dev.posthorn.support.Rows;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import dev.posthorn.tenant.Tenancy;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class BlobSweepTest {
  @Inject House house;
  @Inject Blobs blobs;
  @Inject BlobSweep sweep;

  private final Rows rows = new Rows("posthorn");

  private Sha256 put(House.Lodger lodger, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return house.in(lodger, () -> {
      blobs.put(Sha256.digest(bytes), bytes.length, new ByteArrayInputStream(bytes));
      return Sha256.digest(bytes);
    });
  }

  private long count(House.Lodger lodger) {
    return rows.number("select count(*) from blob where tenant_id = ?", lodger.tenant().value());
  }

  private void age(House.Lodger lodger) {
    rows.execute("update blob set created_at = created_at - interval '1 day' where tenant_id = '" + lodger.tenant() + "'");
  }

  private int sweep(House.Lodger lodger) {
    return Tenancy.<Integer, RuntimeException>in(lodger.tenant(), sweep::run);
  }

  /// The sweep that every tenant gets by itself is over.
  private House.Lodger lodger() {
    var lodger = house.lodger();
    await().until(() -> rows.number("select count(*) from tenant where id = ? and swept_at is not null", lodger.tenant().value()) == 1);
    return lodger;
  }

  @Test
  void whatNothingNamesIsTakenAwayAndTheRestIsNot() {
    var lodger = lodger();
    house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).bytes());
    long named = count(lodger);
    put(lodger, "x".repeat(2_500_000));
    age(lodger);

    assertThat(sweep(lodger)).isEqualTo(1);
    assertThat(count(lodger)).isEqualTo(named);
  }

  @Test
  void whatIsYoungOrWasBroughtAgainStays() {
    var lodger = lodger();
    put(lodger, "brought again");
    age(lodger);
    put(lodger, "brought again");
    put(lodger, "young");

    assertThat(sweep(lodger)).isZero();
    assertThat(count(lodger)).isEqualTo(2);
  }

  /// Whoever adds a table that names bytes must tell the sweep, or it takes them away.
  @Test
  void everyTableThatNamesBytesIsKnownToTheSweep() {
    assertThat(rows.words("select table_name from information_schema.columns where table_schema = 'public' and column_name = 'sha256' and table_name not like 'blob%' order by 1"))
        .containsExactly("archive", "attachment", "inbound_mail", "message", "outbound_mail", "upload");
  }
}
