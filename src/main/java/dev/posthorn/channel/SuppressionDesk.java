package dev.posthorn.channel;

import dev.posthorn.channel.SuppressionResource.NewSuppression;
import dev.posthorn.channel.SuppressionResource.SuppressionView;
import dev.posthorn.event.Actor;
import dev.posthorn.mail.Address;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.IDN;
import java.util.Locale;
import java.util.UUID;

/// What HTTP may do with the list of addresses that get nothing. Each method is one transaction.
@ApplicationScoped
@Transactional
class SuppressionDesk {
  private static final String DOMAIN = "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]";

  private final Suppressions suppressions;
  private final Preconditions preconditions;

  SuppressionDesk(Suppressions suppressions, Preconditions preconditions) {
    this.suppressions = suppressions;
    this.preconditions = preconditions;
  }

  Page<SuppressionView> list(Listing listing, String reason) {
    return listing.answer((after, atMost) -> suppressions.page(reason, after, atMost), row -> Cursor.at(row.id), SuppressionView::of,
        () -> suppressions.count(reason));
  }

  SuppressionView show(UUID id) {
    return SuppressionView.of(existing(id));
  }

  SuppressionView create(NewSuppression wanted) {
    return SuppressionView.of(suppressions.create(pattern(wanted.pattern()), Suppression.MANUAL, Actor.ADMIN));
  }

  void remove(UUID id) {
    var row = existing(id);
    preconditions.check(SuppressionView.of(row));
    suppressions.remove(row, Actor.ADMIN);
  }

  /// As mail is compared with it; `@customer.example` and `*@customer.example` are other ways to write the domain.
  private static String pattern(String wanted) {
    var domain = wanted.strip().replaceFirst("^\\*?@", "");
    if (domain.contains("@")) {
      return Address.parse(domain).filter(address -> address.address().equals(domain)).map(Address::normalized).orElseThrow(SuppressionDesk::neither);
    }
    var ascii = ascii(domain.toLowerCase(Locale.ROOT));
    if (!ascii.matches(DOMAIN)) {
      throw neither();
    }
    return ascii;
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw neither();
    }
  }

  private static Refusal neither() {
    return Refusal.badRequest("/pattern", "An address (local@domain) or a domain is needed.");
  }

  private Suppression existing(UUID id) {
    return suppressions.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("suppression"));
  }
}
