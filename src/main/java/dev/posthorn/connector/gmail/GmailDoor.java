package dev.posthorn.connector.gmail;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.gmail.Gmail;
import dev.posthorn.connector.RequestGate;
import java.util.concurrent.ConcurrentHashMap;

/// The way of this process to the Gmail API: one client, and one gate and one budget for each mailbox.
///
/// Of the client's own manners none is used: it does not repeat, since whoever asks must know what was asked twice; it follows no
/// redirect, since a token must not go along.
public final class GmailDoor {
  private final GmailConfig config;
  private final long mailBytes;
  private final int memoryBytes;
  private final Gmail gmail;
  private final ConcurrentHashMap<String, Way> ways = new ConcurrentHashMap<>();

  /// What all that is asked of one mailbox shares.
  record Way(RequestGate gate, UnitBudget budget) {}

  /// @param api where it is: `https://gmail.googleapis.com`
  /// @param mailBytes larger mails are not fetched whole
  /// @param memoryBytes of one mail in memory until it is landed; above, a temporary file
  public GmailDoor(String api, GmailConfig config, long mailBytes, int memoryBytes) {
    this.config = config;
    this.mailBytes = mailBytes;
    this.memoryBytes = memoryBytes;
    HttpRequestInitializer manners = this::manners;
    gmail = new Gmail.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), manners).setRootUrl(api + "/")
        .setApplicationName("Posthorn").setSuppressAllChecks(true).build();
  }

  private void manners(HttpRequest request) {
    request.setConnectTimeout((int) config.connectTimeout().toMillis());
    request.setReadTimeout((int) config.answerTimeout().toMillis());
    request.setNumberOfRetries(0);
    request.setFollowRedirects(false);
  }

  GmailConfig config() {
    return config;
  }

  long mailBytes() {
    return mailBytes;
  }

  int memoryBytes() {
    return memoryBytes;
  }

  Gmail.Users users() {
    return gmail.users();
  }

  /// The one way to this mailbox.
  Way way(String address) {
    return ways.computeIfAbsent(address, _ -> new Way(new RequestGate(config.atOnce(), config.firstPause(), config.longestPause()),
        new UnitBudget(config.unitsPerMinute())));
  }
}
