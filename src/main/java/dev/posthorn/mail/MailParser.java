package dev.posthorn.mail;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads the bytes of a mail (RFC 5322, RFC 2045 to 2047, RFC 2231). Safe for use by several threads.
public final class MailParser {

  private final MailLimits limits;

  /// @param limits how much of each mail is taken apart
  public MailParser(MailLimits limits) {
    this.limits = limits;
  }

  /// Reads a mail. Whatever its bytes are, this returns; the result must be closed, and the raw mail stay open until
  /// then, for an attachment may be the raw mail itself.
  ///
  /// @throws UncheckedIOException if the temporary file cannot be written or read: trouble, not the mail's doing
  public Parsed parse(RawMail raw) {
    if (raw.size() == 0) {
      return new Parsed.Unreadable("it has no bytes");
    }
    Scratch scratch = new Scratch(limits.memoryBytes());
    boolean done = false;
    try {
      Parsed parsed = new MailWalk(limits, scratch, raw).run();
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
