package dev.posthorn.workbench;

import dev.posthorn.ingress.SmtpListener;
import dev.posthorn.team.ForwardingAddresses;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Tenant;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.ApiKeys;
import dev.posthorn.web.Role;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The tenant `acme` of a development start, and what to paste to see mail go in, become a ticket, and be answered.
@ApplicationScoped
@IfBuildProfile("dev")
class SampleTenant {
  private static final String SLUG = "acme";

  private final Tenants tenants;
  private final ForwardingAddresses addresses;
  private final ApiKeys keys;
  private final SmtpListener smtp;
  private final Path keyFile;
  private final int httpPort;

  SampleTenant(Tenants tenants, ForwardingAddresses addresses, ApiKeys keys, SmtpListener smtp,
      @ConfigProperty(name = "posthorn.workbench.data-directory") String directory, @ConfigProperty(name = "quarkus.http.port") int httpPort) {
    this.tenants = tenants;
    this.addresses = addresses;
    this.keys = keys;
    this.smtp = smtp;
    this.keyFile = Path.of(directory).toAbsolutePath().resolve("sample-key");
    this.httpPort = httpPort;
  }

  private record Sample(String address, String key) {}

  /// After everything else has started, so that the text stands at the end.
  void show(@Observes @Priority(Integer.MAX_VALUE) StartupEvent start) throws IOException {
    var sample = known().isPresent() ? again(known().get()) : first();
    System.out.println(text(sample));
  }

  private Optional<Tenant> known() {
    return QuarkusTransaction.requiringNew().call(() -> tenants.ids(Optional.empty(), 200)).stream()
        .flatMap(id -> tenants.byId(id).stream())
        .filter(tenant -> tenant.slug.equals(SLUG))
        .findFirst();
  }

  private Sample first() throws IOException {
    var sample = tenants.found(SLUG, "Acme", "en",
        tenant -> new Sample(addresses.findAll().firstResult().address, keys.issue(Role.ADMIN, "sample", null).key()));
    keep(sample.key);
    return sample;
  }

  private Sample again(Tenant acme) throws IOException {
    var address = in(acme, () -> addresses.find("order by id").firstResult().address);
    if (Files.exists(keyFile)) {
      return new Sample(address, Files.readString(keyFile).strip());
    }
    var key = in(acme, () -> keys.issue(Role.ADMIN, "sample", null).key());
    keep(key);
    return new Sample(address, key);
  }

  /// Only a hash is in the database; the key itself lies beside the development data, for its owner alone.
  private void keep(String key) throws IOException {
    Files.createDirectories(keyFile.getParent());
    Files.writeString(keyFile, key + "\n");
    if (Files.getFileStore(keyFile).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static <T> T in(Tenant tenant, Supplier<T> work) {
    return Tenancy.in(new TenantId(tenant.id), () -> QuarkusTransaction.requiringNew().call(work::get));
  }

  private String text(Sample sample) {
    var api = "http://127.0.0.1:" + httpPort + "/api/v1";
    var auth = "-H \"Authorization: Bearer " + sample.key + "\"";
    return """

        Posthorn runs with the sample tenant acme. To try it, paste:

        # 1. send a mail
        printf 'From: Anna Example <anna@customer.example>\\nTo: %2$s\\nSubject: The heating is off\\nDate: %%s\\nMessage-ID: <%%s@customer.example>\\n\\nHello,\\nit has been cold since yesterday.\\n' "$(date -R)" "$(date +%%s)" \\
          | curl -sS smtp://127.0.0.1:%5$d --mail-from anna@customer.example --mail-rcpt %2$s --crlf -T -

        # 2. list the tickets
        curl -sS %3$s %1$s/tickets

        # 3. answer the newest one, and read the answer at http://127.0.0.1:%4$d/dev/mails
        curl -sS %3$s -H "Content-Type: application/json" -d '{"html":"<p>Hello Anna,</p><p>somebody is on the way.</p>"}' \\
          "%1$s/tickets/$(curl -sS %3$s "%1$s/tickets?limit=1" | sed 's/.*"items":\\[{"id":"\\([^"]*\\)".*/\\1/')/replies"

        API: http://127.0.0.1:%4$d/docs
        Sign in, without an account anywhere: http://localhost:%4$d/login
        """.formatted(api, sample.address, auth, httpPort, smtp.port());
  }
}
