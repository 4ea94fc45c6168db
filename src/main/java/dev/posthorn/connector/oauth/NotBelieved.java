package dev.posthorn.connector.oauth;

/// An identity token that is not what it should be. It says why, and never what stood in it.
public final class NotBelieved extends Exception {
  private static final long serialVersionUID = 1L;

  NotBelieved(String why) {
    super(why, null, false, false);
  }
}
