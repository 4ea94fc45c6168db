package dev.posthorn.trust;

import dev.posthorn.channel.ProvenDomains;
import dev.posthorn.mail.RawMail;
import dev.posthorn.secret.Secrets;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Selection;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The domains of the current tenant's own, and our signature for them.
@ApplicationScoped
public class SendingDomains implements PanacheRepositoryBase<SendingDomain, UUID>, ProvenDomains {
  private final Secrets secrets;
  private final SendingDomainConfig config;

  SendingDomains(Secrets secrets, SendingDomainConfig config) {
    this.secrets = secrets;
    this.config = config;
  }

  List<SendingDomain> page(Cursor after, int atMost) {
    return Selection.all().oldestFirst(this, after, atMost);
  }

  /// One that was proven once stays so while its record is looked for again: mail must leave.
  @Override
  public boolean include(String domain) {
    return count("domain = ?1 and state <> ?2", domain, SendingDomain.PENDING) > 0;
  }

  /// The mail with the signature of its From's domain, in the running transaction. Nothing where the domain is none of the
  /// tenant's, or its key is not published: a signature that nobody can check is worse than none.
  ///
  /// @param domain in lower case, in ASCII
  /// @return a mail of its own, which the caller must close too
  public Optional<RawMail> signed(RawMail mail, String domain) {
    return find("domain = ?1 and state = ?2", domain, SendingDomain.VERIFIED).firstResultOptional()
        .map(row -> DkimSeal.sign(mail, row.domain, row.selector, SigningKey.read(secrets.open(row.secretId)), config.memoryBytes()));
  }
}
