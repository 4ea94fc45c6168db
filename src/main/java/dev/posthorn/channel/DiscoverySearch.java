package dev.posthorn.channel;

import dev.posthorn.channel.MailboxDiscovery.Found;
import dev.posthorn.channel.MailboxDiscovery.Tried;
import dev.posthorn.connector.Encryption;
import dev.posthorn.connector.discovery.KnownProviders;
import dev.posthorn.connector.discovery.MailPlaces;
import dev.posthorn.connector.discovery.NameServer;
import dev.posthorn.connector.discovery.ServerPlace;
import dev.posthorn.connector.discovery.ServiceRecords;
import dev.posthorn.connector.discovery.VertxNames;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.web.Trouble;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/// Looks for the servers of an address where they are published: what the domain says itself, then the file for mail programs, then
/// whose customer the domain is, and in the end the usual names, tried live. It writes down every look, and saves nothing of a
/// mailbox (TH-05).
@ApplicationScoped
class DiscoverySearch {
  private static final Logger LOG = Logger.getLogger(DiscoverySearch.class);
  private static final int IMAPS = 993;
  private static final int IMAP = 143;
  private static final int SUBMISSIONS = 465;
  private static final int SUBMISSION = 587;

  private final MailboxDiscoveries discoveries;
  private final MailLines lines;
  private final NameServer names;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  DiscoverySearch(MailboxDiscoveries discoveries, MailLines lines, MailboxConfig config, Vertx vertx) {
    this.discoveries = discoveries;
    this.lines = lines;
    this.names = new VertxNames(vertx, config.discovery().nameServer(), config.discovery().nameTimeout());
    this.places = new Semaphore(config.discovery().atOnce());
  }

  void stop(@Observes ShutdownEvent stop) {
    threads.shutdownNow();
  }

  /// Begins one; it goes on by itself.
  ///
  /// @throws Trouble 503 where too many are under way
  MailboxDiscovery begin(TenantId tenant, String address) {
    if (!places.tryAcquire()) {
      throw Trouble.unavailable("Too many searches are under way.", Duration.ofSeconds(5));
    }
    try {
      var begun = discoveries.begin(address);
      threads.execute(() -> run(tenant, begun.id, address));
      return begun;
    } catch (RuntimeException e) {
      places.release();
      throw e;
    }
  }

  private void run(TenantId tenant, UUID id, String address) {
    try {
      Tenancy.run(tenant, () -> discoveries.ended(id, search(id, address)));
    } catch (RuntimeException e) {
      LOG.errorf(e, "The search %s for the servers of an address failed", id);
      Tenancy.run(tenant, () -> discoveries.ended(id, Optional.empty()));
    } finally {
      places.release();
    }
  }

  private Optional<Found> search(UUID id, String address) {
    var domain = address.substring(address.lastIndexOf('@') + 1);
    return published(id, domain, address).or(() -> file(id, domain, address)).or(() -> provider(id, domain, address)).or(() -> guess(id, domain, address));
  }

  private Optional<Found> published(UUID id, String domain, String address) {
    var found = new ServiceRecords(names).find(domain, address);
    discoveries.tried(id, new Tried("srv", "_imaps._tcp." + domain + ", _submission._tcp." + domain,
        found.isPresent() ? "found" : "the domain names no servers", found.isPresent()));
    return found.map(places -> found(places, "srv"));
  }

  private Optional<Found> file(UUID id, String domain, String address) {
    var autoconfig = lines.autoconfig();
    for (int number = 0; number < autoconfig.urls(domain).size(); number++) {
      var look = autoconfig.look(domain, address, number);
      discoveries.tried(id, new Tried("autoconfig", look.url(), look.words(), look.found().isPresent()));
      if (look.found().isPresent()) {
        return look.found().map(places -> found(places, "autoconfig"));
      }
    }
    return Optional.empty();
  }

  private Optional<Found> provider(UUID id, String domain, String address) {
    var exchangers = names.mailExchangers(domain);
    var known = KnownProviders.by(exchangers, address);
    var outcome = known.map(KnownProviders.Known::name).orElse(exchangers.isEmpty() ? "the domain names no server for its mail"
        : "no provider that is known: " + exchangers.getFirst());
    discoveries.tried(id, new Tried("provider", "MX of " + domain, outcome, known.isPresent()));
    return known.map(one -> found(one.places(), "provider"));
  }

  private Optional<Found> guess(UUID id, String domain, String address) {
    return live(id, Remedies.Side.IMAP, List.of(place("imap." + domain, IMAPS, Encryption.TLS), place("mail." + domain, IMAPS, Encryption.TLS),
            place("imap." + domain, IMAP, Encryption.STARTTLS), place("mail." + domain, IMAP, Encryption.STARTTLS)))
        .flatMap(imap -> live(id, Remedies.Side.SMTP, List.of(place("smtp." + domain, SUBMISSIONS, Encryption.TLS),
                place("mail." + domain, SUBMISSIONS, Encryption.TLS), place("smtp." + domain, SUBMISSION, Encryption.STARTTLS),
                place("mail." + domain, SUBMISSION, Encryption.STARTTLS)))
            .map(smtp -> found(new MailPlaces(imap, smtp, address), "guess")));
  }

  private static ServerPlace place(String host, int port, Encryption security) {
    return new ServerPlace(host, port, security);
  }

  private Optional<ServerPlace> live(UUID id, Remedies.Side side, List<ServerPlace> guesses) {
    for (var guess : guesses) {
      var objection = lines.objection(guess, side);
      discoveries.tried(id, new Tried("guess", guess.host() + ":" + guess.port() + " " + guess.security().word(),
          objection.orElse("answers"), objection.isEmpty()));
      if (objection.isEmpty()) {
        return Optional.of(guess);
      }
    }
    return Optional.empty();
  }

  private static Found found(MailPlaces places, String source) {
    var host = places.imap().host();
    var kind = Remedies.isGoogle(host) ? Mailbox.GMAIL : Remedies.isMicrosoft(host) ? "microsoft365" : Mailbox.IMAP;
    return new Found(kind, server(places.imap()), server(places.smtp()), places.username(), source);
  }

  private static MailboxWish.Server server(ServerPlace place) {
    return new MailboxWish.Server(place.host(), place.port(), place.security());
  }
}
