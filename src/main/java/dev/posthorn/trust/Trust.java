package dev.posthorn.trust;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.RawMail;
import dev.posthorn.wire.Network;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Finds out who sent a mail: by SPF, DKIM and DMARC where it came to us by SMTP, from a trusted server's words where it did
/// not. Asks the network, so never inside a transaction.
@ApplicationScoped
public class Trust {
  /// Who checked, where we did.
  static final String OWN = "posthorn";

  private static final Logger LOG = Logger.getLogger(Trust.class);

  private final TrustConfig config;
  private final MeterRegistry meters;
  private final Set<String> trustedServers;
  private final List<Network> relays;
  private final SpfCheck spf;
  private final DkimCheck dkim;
  private final DmarcCheck dmarc;
  private final ArcCheck arc;
  private final Set<String> arcSealers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @throws ConfigurationException in one line: a network or name server is none
  Trust(TrustConfig config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
    this.trustedServers = names(config.authservIds());
    this.arcSealers = names(config.arcSealers());
    try {
      this.relays = config.relays().orElse(List.of()).stream().map(Network::parse).toList();
      var lookup = new Lookup(config);
      this.spf = new SpfCheck(lookup);
      var keys = new SigningKeys(lookup);
      this.dkim = new DkimCheck(keys, config.maxSignatures());
      this.arc = new ArcCheck(keys, config.maxArcSets());
      this.dmarc = new DmarcCheck(lookup);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("posthorn.trust: " + e.getMessage());
    }
  }

  private static Set<String> names(Optional<List<String>> given) {
    return given.orElse(List.of()).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  void check(@Observes StartupEvent start) {
    // Being asked is enough: the constructor has read every setting.
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /// How a mail was brought to the SMTP listener.
  ///
  /// @param mailFrom the return path, "" for the null sender
  public record Envelope(String clientAddress, String helo, String mailFrom) {}

  /// One mail to be judged.
  ///
  /// @param envelope empty for a mail that was fetched from a mailbox or pushed by HTTP
  public record Question(Mail mail, RawMail raw, Optional<Envelope> envelope) {}

  /// Judges mails, all at once, within the budget of time. Whatever goes wrong is a result.
  public List<Authentication> of(List<Question> questions) {
    var tasks = questions.stream().<Callable<Authentication>>map(question -> () -> of(question)).toList();
    try {
      var answers = new ArrayList<Authentication>();
      for (var answer : threads.invokeAll(tasks, config.budget().toMillis(), TimeUnit.MILLISECONDS)) {
        answers.add(result(answer));
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return questions.stream().map(_ -> Authentication.TROUBLE).toList();
    }
  }

  private Authentication result(Future<Authentication> answer) throws InterruptedException {
    try {
      var found = answer.get();
      meters.counter("posthorn.trust.checked", "dmarc", found.dmarc().word()).increment();
      return found;
    } catch (CancellationException e) {
      meters.counter("posthorn.trust.checked", "dmarc", "late").increment();
      return Authentication.TROUBLE;
    } catch (ExecutionException e) {
      LOG.warnf("A sender could not be checked (%s)", e.getCause().getClass().getName());
      meters.counter("posthorn.trust.checked", "dmarc", "failed").increment();
      return Authentication.TROUBLE;
    }
  }

  private Authentication of(Question question) {
    var direct = question.envelope().filter(envelope -> !isRelay(envelope.clientAddress()));
    if (direct.isEmpty()) {
      return AuthenticationResults.read(question.mail(), trustedServers).orElse(Authentication.NONE);
    }
    return config.enabled() ? checked(question, direct.get()) : Authentication.NONE;
  }

  private Authentication checked(Question question, Envelope envelope) {
    // A forger's own domains may be slow on purpose: they get a part of the time, and what is left is for the domain of From.
    var patience = config.budget().dividedBy(4);
    var asked = threads.submit(() -> spf.check(envelope));
    var passedOn = threads.submit(() -> arc.check(question.raw(), patience));
    var from = Senders.one(question.mail());
    var signed = dkim.check(question.mail(), question.raw(),
        domain -> from.filter(sender -> Alignment.isOfOneOrganization(domain, sender.domain())).isPresent(), patience);
    var sent = inTime(asked, patience, new SpfCheck.Result(Verdict.TEMPERROR, SpfCheck.domain(envelope)));
    var judged = from.map(sender -> dmarc.check(sender.domain(), sent, signed))
        .orElseGet(() -> new DmarcCheck.Outcome(Verdict.PERMERROR, null));
    var chain = inTime(passedOn, patience, ArcCheck.Outcome.of(Verdict.TEMPERROR));
    boolean vouched = chain.sealer().filter(arcSealers::contains).isPresent()
        && chain.results().filter(results -> AuthenticationResults.proves(question.mail(), results)).isPresent();
    return new Authentication(sent.verdict(), signed.verdict(), judged.verdict(), chain.verdict(), sent.domain().orElse(null),
        signed.domains(), judged.policy(), OWN, chain.sealer().orElse(null), judged.verdict() == Verdict.PASS || vouched);
  }

  private static <T> T inTime(Future<T> asked, Duration patience, T late) {
    try {
      return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      asked.cancel(true);
      return late;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return late;
    }
  }

  private boolean isRelay(String clientAddress) {
    if (relays.isEmpty()) {
      return false;
    }
    try {
      var client = InetAddress.ofLiteral(clientAddress);
      return relays.stream().anyMatch(relay -> relay.contains(client));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
