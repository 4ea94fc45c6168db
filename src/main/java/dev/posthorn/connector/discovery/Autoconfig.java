package dev.posthorn.connector.discovery;

import dev.posthorn.connector.LineWords;
import dev.posthorn.wire.Patience;
import dev.posthorn.wire.Reach;
import dev.posthorn.wire.Trust;
import dev.posthorn.wire.Watch;
import dev.posthorn.wire.WatchedSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Fetches the file that a provider publishes for mail programs, from the places where it is looked for as a rule.
///
/// The request is ours, in HTTP/1.0 and without redirections: an HTTP client resolves names by itself, and would connect to
/// whatever address it is given.
public final class Autoconfig {
  private static final int MOST_BYTES = 64 * 1024;

  /// How long and whom.
  ///
  /// @param httpPort of the internet, but for tests
  /// @param whole for one place altogether
  public record Manners(Reach reach, Trust trust, Watch watch, Duration connect, Duration whole, int httpPort, int httpsPort) {}

  /// One place, and what was found there.
  public record Look(String url, Optional<MailPlaces> found, String words) {}

  private record Place(boolean encrypted, String host, String path) {
    String url() {
      return (encrypted ? "https://" : "http://") + host + path.replaceAll("\\?.*", "");
    }
  }

  private final Manners manners;

  public Autoconfig(Manners manners) {
    this.manners = manners;
  }

  /// Where the file may be; looked at one after the other, until it is found.
  public List<String> urls(String domain) {
    return places(domain, "").stream().map(Place::url).toList();
  }

  private static List<Place> places(String domain, String address) {
    var query = "?emailaddress=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    return List.of(new Place(true, "autoconfig." + domain, "/mail/config-v1.1.xml" + query),
        new Place(true, domain, "/.well-known/autoconfig/mail/config-v1.1.xml" + query),
        new Place(false, "autoconfig." + domain, "/mail/config-v1.1.xml" + query),
        new Place(false, domain, "/.well-known/autoconfig/mail/config-v1.1.xml" + query));
  }

  /// Looks at the place with that number.
  public Look look(String domain, String address, int number) {
    var place = places(domain, address).get(number);
    try {
      var body = get(place);
      var found = body.flatMap(xml -> AutoconfigFile.read(xml, address));
      return new Look(place.url(), found, found.isPresent() ? "found" : body.isPresent() ? "no such file in what it answers" : "nothing there");
    } catch (IOException e) {
      return new Look(place.url(), Optional.empty(), LineWords.ofConnecting(e));
    }
  }

  private Optional<byte[]> get(Place place) throws IOException {
    var patience = new Patience(manners.connect, manners.whole, manners.whole, 4L * MOST_BYTES);
    try (var deadline = manners.watch.deadline(manners.whole);
        var line = WatchedSocket.connect(place.host, place.encrypted ? manners.httpsPort : manners.httpPort, manners.reach, patience,
            manners.watch, deadline)) {
      Socket spoken = place.encrypted ? manners.trust.encrypt(line, place.host) : line;
      spoken.getOutputStream().write(("GET " + place.path + " HTTP/1.0\r\nHost: " + place.host
          + "\r\nAccept: text/xml, application/xml\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      spoken.getOutputStream().flush();
      return body(spoken.getInputStream());
    }
  }

  private static Optional<byte[]> body(InputStream in) throws IOException {
    var answer = in.readNBytes(MOST_BYTES);
    var text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0 || !text.matches("(?s)HTTP/1\\.[01] 200 .*") ? Optional.empty() : Optional.of(Arrays.copyOfRange(answer, end + 4, answer.length));
  }
}
