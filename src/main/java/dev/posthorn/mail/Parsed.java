package dev.posthorn.mail;

/// What became of the bytes of a mail.
public sealed interface Parsed extends AutoCloseable {

  /// A mail came out, perhaps with flaws.
  record Readable(Mail mail) implements Parsed {
    @Override
    public void close() {
      mail.close();
    }
  }

  /// This is no mail at all.
  ///
  /// @param why for people, without content of the mail
  record Unreadable(String why) implements Parsed {
    @Override
    public void close() {
      // nothing is held
    }
  }

  /// Frees what a readable mail holds.
  @Override
  void close();
}
