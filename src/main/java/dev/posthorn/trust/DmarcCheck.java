package dev.posthorn.trust;

import java.util.Optional;

/// Asks the domain of From whether a mail is its own (RFC 7489, section 6.6).
final class DmarcCheck {
  private final Lookup lookup;

  DmarcCheck(Lookup lookup) {
    this.lookup = lookup;
  }

  /// @param policy what the domain wants done with what is not its own; null where it says nothing
  record Outcome(Verdict verdict, String policy) {}

  Outcome check(String fromDomain, SpfCheck.Result spf, DkimCheck.Outcome dkim) {
    try {
      var own = DmarcRecord.among(lookup.txt("_dmarc." + fromDomain));
      var organization = Alignment.organization(fromDomain);
      var record = own.isPresent() || organization.equals(fromDomain) ? own : DmarcRecord.among(lookup.txt("_dmarc." + organization));
      return record.map(found -> judged(fromDomain, found, own.isPresent() ? found.policy() : found.subdomainPolicy(), spf, dkim))
          .orElseGet(() -> new Outcome(Verdict.NONE, null));
    } catch (Lookup.Trouble e) {
      return new Outcome(Verdict.TEMPERROR, null);
    }
  }

  private static Outcome judged(String fromDomain, DmarcRecord record, String policy, SpfCheck.Result spf, DkimCheck.Outcome dkim) {
    Optional<String> envelope = spf.verdict() == Verdict.PASS ? spf.domain() : Optional.empty();
    if (Alignment.holds(fromDomain, record, envelope, dkim.domains())) {
      return new Outcome(Verdict.PASS, policy);
    }
    // What could not be asked may have been the proof, if it is of the domain at all: else a forger would silence a domain
    // of his own to be believed a little.
    boolean doubt = dkim.doubt() || spf.verdict() == Verdict.TEMPERROR
        && spf.domain().filter(domain -> Alignment.isOfOneOrganization(domain, fromDomain)).isPresent();
    return new Outcome(doubt ? Verdict.TEMPERROR : Verdict.FAIL, policy);
  }
}
