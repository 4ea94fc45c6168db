package dev.posthorn.support;

import static org.awaitility.Awaitility.await;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.intake.Arrival;
import dev.posthorn.intake.InboundMail;
import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.Intake;
import dev.posthorn.intake.Receipt;
import dev.posthorn.mail.RawMail;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// What tests of the rooms do with the house from within: found tenants, bring mail in, wait until it is settled, look at
/// rows.
@ApplicationScoped
public class House {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Inject Tenants tenants;
  @Inject InboundChannels channels;
  @Inject Intake intake;
  @Inject InboundMails inboundMails;

  /// A tenant with the first of its inbound channels.
  public record Lodger(TenantId tenant, UUID channelId, UUID teamId, String address) {}

  public Lodger lodger() {
    var slug = "t" + Long.toString(System.nanoTime(), 36) + COUNT.incrementAndGet();
    return tenants.found(slug, "Tenant " + slug, "en", tenant -> {
      InboundChannel channel = channels.findAll().firstResult();
      return new Lodger(new TenantId(tenant.id), channel.id, channel.teamId, channel.address);
    });
  }

  public UUID bring(Lodger lodger, byte[] mail) {
    return bring(lodger, mail, lodger.address);
  }

  public UUID bring(Lodger lodger, byte[] mail, String recipient) {
    return switch (receipt(lodger, mail, recipient)) {
      case Receipt.Stored(UUID id) -> id;
      case Receipt.Duplicate(UUID id) -> id;
      case Receipt.TooLarge(long limit) -> throw new AssertionError("Too large for " + limit);
    };
  }

  public Receipt receipt(Lodger lodger, byte[] mail, String recipient) {
    return receipt(lodger, mail, recipient, "sender@customer.example");
  }

  private Receipt receipt(Lodger lodger, byte[] mail, String recipient, String sender) {
    try (var raw = RawMail.of(mail)) {
      return intake.accept(new Arrival(lodger.tenant, lodger.channelId, raw.sha256().hex(), sender, recipient, "127.0.0.1", "test",
          Instant.now()), raw);
    }
  }

  /// The row, once it is settled, of a mail whose envelope names no sender (RFC 5321, section 4.5.5).
  public InboundMail filedFromNobody(Lodger lodger, byte[] mail) {
    return switch (receipt(lodger, mail, lodger.address, "")) {
      case Receipt.Stored(UUID id) -> settled(lodger, id);
      case Receipt.Duplicate(UUID id) -> settled(lodger, id);
      case Receipt.TooLarge(long limit) -> throw new AssertionError("Too large for " + limit);
    };
  }

  /// The row once it is settled.
  public InboundMail settled(Lodger lodger, UUID id) {
    return await().atMost(Duration.ofSeconds(30)).until(() -> in(lodger, () -> inboundMails.findById(id)), row -> !row.state.equals("pending"));
  }

  public InboundMail filed(Lodger lodger, byte[] mail) {
    return settled(lodger, bring(lodger, mail));
  }

  /// Runs in a transaction of the tenant.
  public <T> T in(Lodger lodger, Callable<T> work) {
    return Tenancy.in(lodger.tenant, () -> QuarkusTransaction.requiringNew().call(work));
  }
}
