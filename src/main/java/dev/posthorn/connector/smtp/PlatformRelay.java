package dev.posthorn.connector.smtp;

import org.jboss.logging.Logger;

import dev.posthorn.connector.MailSender;
import dev.posthorn.wire.Watch;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;

/// The platform's own relay (OD-15): the SMTP server by which mail leaves that no connected account sends.
///
/// Its account is that of `quarkus.mailer.*`, by which the platform's own mail leaves too. `quarkus.mailer.mock` is not
/// looked at: it keeps quarkus-mailer from sending, and a reply to a customer must never be lost in it.
@ApplicationScoped
public class PlatformRelay {

  private static final Logger LOG = Logger.getLogger(PlatformRelay.class);

  private final Watch watch = new Watch();
  private final SmtpAccount account;
  private final SmtpSender sender;
  private final MailSender guarded;

  PlatformRelay(MailersRuntimeConfig mailers, RelayConfig relay, TlsConfigurationRegistry tls) {
    var mailer = mailers.mailers().get("<default>");
    account = RelayAccount.of(mailer, relay, tls);
    sender = new SmtpSender(account, watch);
    guarded = RelayAccount.approved(mailer).map(approved -> approved.before(sender)).orElse(sender);
    sayWhatIsUnused(mailer);
  }

  /// Looked at when the application starts, so that a relay that cannot work is found out before there is a mail for it.
  void start(@Observes StartupEvent started) {
    LOG.infof("Mail leaves by %s (%s)", account.where(), account.security());
  }

  /// How to send by it.
  @Produces
  @ApplicationScoped
  MailSender sender() {
    return guarded;
  }

  private static void sayWhatIsUnused(MailerRuntimeConfig mailer) {
    if (mailer.dkim().enabled()) {
      LOG.warn("quarkus.mailer.dkim signs the platform's own mail only; what else leaves by the relay is signed there.");
    }
  }

  @PreDestroy
  void close() {
    sender.close();
    watch.close();
  }
}
