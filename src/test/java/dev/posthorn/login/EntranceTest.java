package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntranceTest {
  private final Logins.Home acme = home("acme");
  private final Logins.Home other = home("other");

  @Test
  void whoeverBelongsToOneTenantGoesStraightIn() {
    assertThat(of(List.of(acme), Optional.empty(), List.of(), true).straight()).contains(acme);
  }

  @Test
  void whoeverBelongsToSeveralChooses() {
    var entrance = of(List.of(acme, other), Optional.empty(), List.of(), true);

    assertThat(entrance.straight()).isEmpty();
    assertThat(entrance.homes()).containsExactly(acme, other);
  }

  @Test
  void anInvitationIsShownBesideOnesOwnTenant() {
    var entrance = of(List.of(acme), Optional.of(offer(UUID.randomUUID())), List.of(), true);

    assertThat(entrance.straight()).isEmpty();
    assertThat(entrance.invitation()).isPresent();
  }

  @Test
  void nobodyIsInvitedToWhereTheyBelong() {
    var entrance = of(List.of(acme), Optional.of(offer(acme.tenant().value())), List.of(offer(acme.tenant().value())), true);

    assertThat(entrance.invitation()).isEmpty();
    assertThat(entrance.joinable()).isEmpty();
    assertThat(entrance.straight()).contains(acme);
  }

  @Test
  void aStrangerFoundsWhereTheOperatorLetsThem() {
    assertThat(of(List.of(), Optional.empty(), List.of(), true).mayFound()).isTrue();
    assertThat(of(List.of(), Optional.empty(), List.of(), true).isClosed()).isFalse();
    assertThat(of(List.of(), Optional.empty(), List.of(), false).isClosed()).isTrue();
    assertThat(of(List.of(), Optional.empty(), List.of(offer(UUID.randomUUID())), false).isClosed()).isFalse();
  }

  @Test
  void nobodyFoundsTenantsWithoutEnd() {
    assertThat(Entrance.of(List.of(acme, other), Optional.empty(), List.of(), true, 2).mayFound()).isFalse();
    assertThat(Entrance.of(List.of(acme), Optional.empty(), List.of(), true, 2).mayFound()).isTrue();
  }

  private static Entrance of(List<Logins.Home> homes, Optional<Entrance.Offer> invitation, List<Entrance.Offer> domains, boolean selfService) {
    return Entrance.of(homes, invitation, domains, selfService, 5);
  }

  private static Logins.Home home(String slug) {
    return new Logins.Home(new TenantId(UUID.randomUUID()), UUID.randomUUID(), UUID.randomUUID(), "agent", slug, slug);
  }

  private static Entrance.Offer offer(UUID tenant) {
    return new Entrance.Offer(new Logins.Place(new TenantId(tenant), UUID.randomUUID()), "Acme", "agent");
  }
}
