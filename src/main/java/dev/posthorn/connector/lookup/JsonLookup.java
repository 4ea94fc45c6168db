package dev.posthorn.connector.lookup;

import dev.posthorn.connector.LineWords;
import dev.posthorn.wire.Patience;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import dev.posthorn.wire.WatchedSocket;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Reads one JSON document from a URL that a tenant named.
///
/// The request is ours, in HTTP/1.0 and without redirections: an HTTP client resolves names by itself, and would connect to
/// whatever address it is given.
public final class JsonLookup {
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r].*", Pattern.DOTALL);
  private static final Pattern CHUNKED = Pattern.compile("(?is).*\\r\\ntransfer-encoding:[^\\r]*chunked.*");

  /// How long, how much, and whom.
  ///
  /// @param whole for the question and its answer altogether
  /// @param mostBytes of the document
  public record Manners(Reach reach, Trust trust, Watch watch, Duration connect, Duration whole, int mostBytes) {}

  /// What came back.
  public sealed interface Outcome {
    /// A document; whether it is JSON is for the reader to find out.
    record Found(byte[] document) implements Outcome {}

    /// The server knows nothing: 404 or 204.
    record Nothing() implements Outcome {}

    /// @param words what went wrong, for people; nothing of what was asked or answered
    record Trouble(String words) implements Outcome {}
  }

  private final Manners manners;

  public JsonLookup(Manners manners) {
    this.manners = manners;
  }

  /// @param url with scheme `https`, or `http` where that is allowed, and a host
  public Outcome get(URI url) {
    boolean encrypted = url.getScheme().equals("https");
    int port = url.getPort() > 0 ? url.getPort() : encrypted ? 443 : 80;
    var patience = new Patience(manners.connect, manners.whole, manners.whole, 2L * (manners.mostBytes + MOST_HEADER_BYTES));
    try (var deadline = manners.watch.deadline(manners.whole);
        var line = WatchedSocket.connect(url.getHost(), port, manners.reach, patience, manners.watch, deadline)) {
      Socket spoken = encrypted ? manners.trust.encrypt(line, url.getHost()) : line;
      spoken.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
      spoken.getOutputStream().flush();
      return outcome(spoken.getInputStream().readNBytes(manners.mostBytes + MOST_HEADER_BYTES));
    } catch (IOException e) {
      return new Outcome.Trouble(LineWords.ofConnecting(e));
    }
  }

  /// A URI holds no blanks and line ends: nothing of it can end a header line.
  private static String request(URI url) {
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return "GET " + path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()) + " HTTP/1.0\r\nHost: " + url.getHost()
        + (url.getPort() > 0 ? ":" + url.getPort() : "") + "\r\nAccept: application/json\r\nUser-Agent: Posthorn\r\nConnection: close\r\n\r\n";
  }

  private Outcome outcome(byte[] answer) {
    var text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    var head = end < 0 ? "" : text.substring(0, end);
    var status = STATUS.matcher(head + "\r");
    if (!status.matches()) {
      return new Outcome.Trouble("no answer in HTTP");
    }
    return switch (status.group(1)) {
      case "200" -> CHUNKED.matcher(head).matches() ? new Outcome.Trouble("it answers in chunks to HTTP/1.0")
          : answer.length - end - 4 > manners.mostBytes ? new Outcome.Trouble("it answers more than " + manners.mostBytes + " bytes")
          : new Outcome.Found(Arrays.copyOfRange(answer, end + 4, answer.length));
      case "204", "404" -> new Outcome.Nothing();
      default -> new Outcome.Trouble("it answers " + status.group(1));
    };
  }
}
