package dev.posthorn.archive;

/// An import is larger than any may be: it ends here, with what it has brought so far. Its message is for whoever began it.
final class TooMuch extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooMuch(String message) {
    super(message);
  }
}
