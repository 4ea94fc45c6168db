package dev.posthorn.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;

/// Reads the bytes of a mail (RFC 5322, RFC 2045 to 2047, RFC 2231) and of the containers in it. Safe for use by several threads.
public final class MailParser {

  private final MailLimits limits;
  private final InstantSource clock;

  /// Counts no time.
  ///
  /// @param limits how much of each mail is taken apart
  public MailParser(MailLimits limits) {
    this(limits, InstantSource.fixed(Instant.EPOCH));
  }

  /// @param limits how much of each mail is taken apart
  /// @param clock  by which its time is counted
  public MailParser(MailLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// Reads a mail. Whatever its bytes are, this returns; the result must be closed, and the raw mail stay open until
  /// then, for an attachment may be the raw mail itself.
  ///
  /// @throws UncheckedIOException if the temporary file cannot be written or read: trouble, not the mail's doing
  public Parsed parse(RawMail raw) {
    if (raw.size() == 0) {
      return new Parsed.Unreadable("it has no bytes");
    }
    TimeBudget time = TimeBudget.of(limits, clock);
    Scratch scratch = new Scratch(limits.memoryBytes(), time);
    boolean done = false;
    try {
      Parsed parsed = new MailWalk(limits, time, scratch, raw).run();
      done = parsed instanceof Parsed.Readable;
      return parsed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A library, or this room, has met a mail that it did not expect. The raw mail is what there is.
      return new Parsed.Unreadable("reading it failed: " + e.getClass().getSimpleName());
    } finally {
      if (!done) {
        scratch.close();
      }
    }
  }
}
