package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.tenant.TenantId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final RateLimit limit = new RateLimit(new RateLimit.Rate(60, 3), new RateLimit.Rate(60, 5), new RateLimit.Rate(60, 2));
  private final TenantId acme = new TenantId(UUID.randomUUID());

  @Test
  void aKeyThatIsSpentIsToldWhenItMayComeAgain() {
    for (int i = 0; i < 3; i++) {
      limit.spend(holder("a", acme));
    }

    assertThatThrownBy(() -> limit.spend(holder("a", acme))).isInstanceOfSatisfying(Refusal.class, refusal -> {
      org.assertj.core.api.Assertions.assertThat(refusal.kind()).isEqualTo(ProblemKind.TOO_MANY_REQUESTS);
      org.assertj.core.api.Assertions.assertThat(refusal.retryAfter()).isPresent();
    });
  }

  @Test
  void allKeysOfATenantShareABucket() {
    for (int i = 0; i < 5; i++) {
      limit.spend(holder("key-" + i, acme));
    }

    assertThatThrownBy(() -> limit.spend(holder("another", acme))).isInstanceOf(Refusal.class);
    assertThatCode(() -> limit.spend(holder("another's", new TenantId(UUID.randomUUID())))).doesNotThrowAnyException();
    assertThatCode(() -> limit.spend(holder("operator", null))).doesNotThrowAnyException();
  }

  @Test
  void eachAddressHasABucketOfItsOwn() {
    limit.spendOfStranger("2001:db8::1");
    limit.spendOfStranger("2001:db8::2");

    assertThatThrownBy(() -> limit.spendOfStranger("2001:db8::3")).as("of the same network").isInstanceOf(Refusal.class);
    assertThatCode(() -> limit.spendOfStranger("192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void askingWhetherSomethingIsLeftSpendsNothing() {
    for (int i = 0; i < 10; i++) {
      limit.demandOfStranger("192.0.2.7");
    }
    limit.spendOfStranger("192.0.2.7");
    limit.spendOfStranger("192.0.2.7");

    assertThatThrownBy(() -> limit.demandOfStranger("192.0.2.7")).isInstanceOf(Refusal.class);
    assertThatCode(() -> limit.demandOfStranger("192.0.2.8")).doesNotThrowAnyException();
  }

  private static KeyHolder holder(String keyId, TenantId tenant) {
    return new KeyHolder(keyId, Role.ADMIN, tenant, null, null, Scopes.ALL, null, false);
  }
}
