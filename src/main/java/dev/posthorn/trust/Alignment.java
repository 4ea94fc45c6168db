package dev.posthorn.trust;

import crawlercommons.domains.EffectiveTldFinder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether the domains that were proven are that of From (RFC 7489, section 3.1). Pure.
final class Alignment {
  private Alignment() {}

  /// @param fromDomain   the domain of From, in lower case and ASCII
  /// @param spfPassed    the domain that SPF passed for
  /// @param dkimPassed   the domains of signatures that hold
  static boolean holds(String fromDomain, DmarcRecord record, Optional<String> spfPassed, List<String> dkimPassed) {
    return spfPassed.filter(domain -> aligned(fromDomain, domain, record.strictSpf())).isPresent()
        || dkimPassed.stream().anyMatch(domain -> aligned(fromDomain, domain, record.strictDkim()));
  }

  /// Whether proving the one could prove the other, for a record that is not strict.
  static boolean isOfOneOrganization(String domain, String other) {
    return organization(domain).equals(organization(other));
  }

  private static boolean aligned(String from, String proven, boolean strict) {
    return from.equalsIgnoreCase(proven) || !strict && organization(from).equals(organization(proven));
  }

  /// The domain that somebody registered (section 3.2): one label below the public suffix, those of the list's private part
  /// included, for two customers of one host are not one organisation. A public suffix is its own organisation; below a top
  /// level that the list does not know, the rule is "*": it has two labels.
  static String organization(String domain) {
    var lower = domain.toLowerCase(Locale.ROOT);
    var assigned = EffectiveTldFinder.getAssignedDomain(lower, true, false);
    if (assigned != null) {
      return assigned;
    }
    var labels = lower.split("\\.");
    boolean isKnown = EffectiveTldFinder.getEffectiveTLDs().containsKey(labels[labels.length - 1]);
    return isKnown || labels.length < 2 ? lower : labels[labels.length - 2] + "." + labels[labels.length - 1];
  }
}
