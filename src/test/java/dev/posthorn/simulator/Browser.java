package dev.posthorn.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.regex.Pattern;

/// Clicks through the pages of a provider, as far as a browser needs to: a link by its id, and where that leads.
public final class Browser {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Browser() {}

  /// Opens a page, clicks on a link of it, and says with what the browser is sent back.
  ///
  /// @param url of the page
  /// @param link its id on the page: `account-<oid>`, `consent-<tid>`, `cancel`
  /// @return the parameters of the address that it is sent to
  public static Map<String, String> click(String url, String link) {
    var page = get(url);
    var found = Pattern.compile("id=\"" + Pattern.quote(link) + "\" href=\"([^\"]+)\"").matcher(page.body());
    if (page.statusCode() != 200 || !found.find()) {
      throw new AssertionError("No link " + link + " on the page (" + page.statusCode() + "): " + page.body());
    }
    var sent = get(found.group(1).replace("&amp;", "&"));
    var location = sent.headers().firstValue("Location").orElseThrow(() -> new AssertionError("Sent nowhere: " + sent.body()));
    return Call.decoded(URI.create(location).getRawQuery());
  }

  private static HttpResponse<String> get(String url) {
    try {
      return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
