package dev.posthorn.trust;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/// What is known about who sent a mail.
///
/// @param spf         whether the envelope's domain allows the host that brought it (RFC 7208)
/// @param dkim        `pass` if one signature holds (RFC 6376)
/// @param dmarc       whether the domain of From stands behind the mail (RFC 7489)
/// @param arc         whether the chain of those who passed it on holds (RFC 8617)
/// @param spfDomain   the domain that SPF was asked about; null where it was not
/// @param dkimDomains the domains whose signatures hold
/// @param dmarcPolicy what the domain of From wants done with mail that is not its own; null where it says nothing
/// @param by          who checked: `posthorn`, or the authserv-id of a trusted server; null where nobody did
/// @param arcSealer   the domain that sealed the chain last, where it holds and we checked it; else null
/// @param senderVerified whether the address in From is proven: DMARC passed, here or where a trusted sealer took the mail
@JsonIgnoreProperties(ignoreUnknown = true)
public record Authentication(
    Verdict spf,
    Verdict dkim,
    Verdict dmarc,
    Verdict arc,
    String spfDomain,
    List<String> dkimDomains,
    String dmarcPolicy,
    String by,
    String arcSealer,
    boolean senderVerified) {

  /// Nobody checked.
  public static final Authentication NONE =
      new Authentication(Verdict.NONE, Verdict.NONE, Verdict.NONE, Verdict.NONE, null, List.of(), null, null, null, false);

  /// Our own checks could not be made in time.
  static final Authentication TROUBLE = new Authentication(
      Verdict.TEMPERROR, Verdict.TEMPERROR, Verdict.TEMPERROR, Verdict.NONE, null, List.of(), null, Trust.OWN, null, false);

  /// Keeps its own list.
  public Authentication {
    dkimDomains = List.copyOf(dkimDomains);
  }

  /// Whether the address in From is known not to be the sender's: then whatever it would be allowed, this mail is not.
  @JsonIgnore
  public boolean isForged() {
    return dmarc == Verdict.FAIL && !senderVerified;
  }
}
