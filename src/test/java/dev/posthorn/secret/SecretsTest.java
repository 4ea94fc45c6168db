package dev.posthorn.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.support.TestDatabase;
import dev.posthorn.support.TestTenant;
import dev.posthorn.tenant.Across;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SecretsTest {
  @Inject Secrets secrets;
  @Inject EntityManager entities;
  @Inject DataSource dataSource;
  @Inject Across across;
  @Inject Clock clock;
  @Inject dev.posthorn.tenant.CurrentTenant current;

  @ConfigProperty(name = "posthorn.secret.keys")
  String testKey;

  private final TestTenant tenant = TestTenant.create();

  private UUID kept(String clear) {
    return tenant.in(() -> secrets.keep("test", Secret.of(clear)));
  }

  @Test
  void whatIsKeptIsOpenedReplacedAndForgotten() {
    var id = kept("open sesame");
    assertThat(tenant.in(() -> secrets.open(id))).isEqualTo(Secret.of("open sesame"));

    tenant.in(() -> {
      secrets.replace(id, Secret.of("open barley"));
      return null;
    });
    assertThat(tenant.in(() -> secrets.open(id))).isEqualTo(Secret.of("open barley"));

    tenant.in(() -> {
      secrets.forget(id);
      return null;
    });
    assertThatThrownBy(() -> tenant.in(() -> secrets.open(id))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherTenantHasNoSuchSecret() {
    var id = kept("open sesame");

    assertThatThrownBy(() -> TestTenant.create().in(() -> secrets.open(id))).hasMessageContaining("No secret");
  }

  /// Whoever can write rows but has no key cannot make one tenant's mailbox show another row's password.
  @Test
  void aSealedTextMovedToAnotherRowDoesNotOpen() {
    var one = kept("mine");
    var two = kept("other");
    tenant.in(() -> entities.createNativeQuery("update stored_secret s set sealed = o.sealed from stored_secret o where s.id = ?1 and o.id = ?2")
        .setParameter(1, one).setParameter(2, two).executeUpdate());

    assertThatThrownBy(() -> tenant.in(() -> secrets.open(one))).hasMessageContaining("does not open");
  }

  @Test
  void aNewKeySealsWhatIsThereAnew() {
    var id = kept("open sesame");
    var rotating = new Secrets(keys(KeyringTest.key("rotated", 'r'), testKey), current, clock);
    try {
      var rotation = new Rotation(rotating, dataSource, across, keys(KeyringTest.key("rotated", 'r'), testKey));
      long before = sealedBy(rotation, "test");
      assertThat(rotation.state().current()).isEqualTo("rotated");
      while (rotation.round()) {
        // batch by batch
      }
      assertThat(sealedBy(rotation, "test")).isLessThan(before);
      assertThat(sealedBy(rotation, "rotated")).isPositive();
      // A node that has the new key alone opens it: the old one is not needed for it any more.
      var alone = new Secrets(keys(KeyringTest.key("rotated", 'r')), current, clock);
      assertThat(tenant.in(() -> alone.open(id))).isEqualTo(Secret.of("open sesame"));
      assertThat(keyOf(id)).isEqualTo("rotated");
      assertThat(tenant.in(() -> rotating.open(id))).isEqualTo(Secret.of("open sesame"));
    } finally {
      var back = new Rotation(new Secrets(keys(testKey, KeyringTest.key("rotated", 'r')), current, clock), dataSource, across,
          keys(testKey, KeyringTest.key("rotated", 'r')));
      while (back.round()) {
        // the other tests have the old key
      }
    }
    assertThat(keyOf(id)).isEqualTo("test");
    assertThat(tenant.in(() -> secrets.open(id))).isEqualTo(Secret.of("open sesame"));
  }

  private static long sealedBy(Rotation rotation, String key) {
    return rotation.state().keys().stream().filter(one -> one.id().equals(key)).mapToLong(Rotation.Key::secrets).sum();
  }

  @Test
  void aRotationIsDoneWhenNothingIsUnderAnotherKey() {
    assertThat(new Rotation.State("new", List.of(new Rotation.Key("new", true, 3), new Rotation.Key("old", true, 0))).isDone()).isTrue();
    assertThat(new Rotation.State("new", List.of(new Rotation.Key("new", true, 3), new Rotation.Key("old", true, 1))).isDone()).isFalse();
  }

  @Test
  void aKeyThatStillSealsSomethingCannotBeTakenAway() {
    kept("open sesame");
    var other = keys(KeyringTest.key("other", 'o'));
    var without = new Rotation(new Secrets(other, current, clock), dataSource, across, other);

    assertThatThrownBy(() -> without.check(null)).hasMessageContaining("lacks keys that still seal secrets").hasMessageContaining("test");
  }

  private String keyOf(UUID id) {
    return tenant.in(() -> (String) entities.createNativeQuery("select key_id from stored_secret where id = ?1", String.class)
        .setParameter(1, id).getSingleResult());
  }

  private static SecretConfig keys(String... keys) {
    return new SecretConfig() {
      @Override
      public List<String> keys() {
        return List.of(keys);
      }

      @Override
      public Duration rotationInterval() {
        return Duration.ofHours(1);
      }

      @Override
      public int rotationBatch() {
        return 2;
      }
    };
  }
}
