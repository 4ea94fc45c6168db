package dev.posthorn.connector;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// Tells people in a few words what became of a line.
public final class LineWords {
  private LineWords() {}

  /// The first cause that says something.
  public static String of(Throwable trouble) {
    for (var cause = trouble; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _ -> {
          return "no such host";
        }
        case SocketTimeoutException _ -> {
          return "no answer in time";
        }
        case SSLException tls -> {
          return "TLS failed: " + tls.getMessage();
        }
        case IOException line -> {
          return String.valueOf(line.getMessage());
        }
        default -> {
          // a wrapping: look inside
        }
      }
    }
    return String.valueOf(trouble.getMessage());
  }

  /// Why a line could not be opened to a host that a tenant named. A closed port, a filtered one and a host that does not
  /// answer are one: whoever could tell them apart could search networks with us.
  public static String ofConnecting(Throwable trouble) {
    return trouble instanceof UnknownHostException ? "no such host" : "the host does not answer on this port";
  }
}
