package dev.posthorn.ingress;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A reception in memory: every local part that begins with `support` lives at `acme.example` and `globex.example`.
final class House implements Reception {

  static final UUID ACME = new UUID(1, 1);
  static final UUID GLOBEX = new UUID(2, 2);

  final List<Stored> stored = new CopyOnWriteArrayList<>();
  final AtomicInteger storing = new AtomicInteger();
  volatile boolean doorsFail;
  volatile boolean acceptFails;
  volatile CountDownLatch gate = new CountDownLatch(0);

  record Stored(SmtpEnvelope envelope, List<Door> doors, byte[] bytes) {}

  @Override
  public Optional<Door> door(Address recipient) {
    if (doorsFail) throw new IllegalStateException("the database is away");
    if (!recipient.normalized().startsWith("support") && !recipient.normalized().startsWith("грета")) return Optional.empty();
    return switch (recipient.domain()) {
      case "acme.example" -> Optional.of(new Door(ACME, new UUID(1, 7), recipient.address()));
      case "globex.example" -> Optional.of(new Door(GLOBEX, new UUID(2, 7), recipient.address()));
      default -> Optional.empty();
    };
  }

  @Override
  public void accept(SmtpEnvelope envelope, List<Door> doors, RawMail mail) {
    storing.incrementAndGet();
    try (var bytes = mail.open()) {
      gate.await();
      if (acceptFails) throw new IllegalStateException("the database is away");
      stored.add(new Stored(envelope, doors, bytes.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    } finally {
      storing.decrementAndGet();
    }
  }
}
