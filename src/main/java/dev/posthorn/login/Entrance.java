package dev.posthorn.login;

import java.util.List;
import java.util.Optional;

/// What somebody who has arrived may do. Pure: nothing but its arguments is in it.
record Entrance(List<Logins.Home> homes, Optional<Offer> invitation, List<Offer> joinable, boolean mayFound) {
  /// A tenant that lets the person in.
  ///
  /// @param id of the invitation or of the domain
  record Offer(Logins.Place place, String company, String role) {}

  /// @param homes where the person belongs
  /// @param invitation the link they came with, where it is good
  /// @param domains tenants that have proven the domain of a verified address
  /// @param selfService whether anybody may found a tenant
  /// @param foundable how many tenants one may belong to and found another
  static Entrance of(List<Logins.Home> homes, Optional<Offer> invitation, List<Offer> domains, boolean selfService, int foundable) {
    var known = homes.stream().map(Logins.Home::tenant).toList();
    return new Entrance(homes, invitation.filter(offer -> !known.contains(offer.place.tenant())),
        domains.stream().filter(offer -> !known.contains(offer.place.tenant())).toList(), selfService && homes.size() < foundable);
  }

  /// Where there is nothing to choose.
  Optional<Logins.Home> straight() {
    return homes.size() == 1 && invitation.isEmpty() ? Optional.of(homes.getFirst()) : Optional.empty();
  }

  /// Whether there is no way in at all.
  boolean isClosed() {
    return homes.isEmpty() && invitation.isEmpty() && joinable.isEmpty() && !mayFound;
  }
}
