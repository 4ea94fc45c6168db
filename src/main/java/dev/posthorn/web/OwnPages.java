package dev.posthorn.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Whether a request comes from a page of ours. A browser adds cookies to whatever any page makes it send; where it comes from it
/// says in `Sec-Fetch-Site` (Fetch Metadata) and `Origin` (RFC 6454, section 7), which no page can change. What says neither is
/// no browser's write, and is refused all the same: who is no browser has a key.
@ApplicationScoped
public class OwnPages {
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  /// What a browser says of a page that lets nobody know where it is, and of one that is nowhere.
  private static final String HIDDEN = "null";

  private final Set<String> origins = new TreeSet<>();

  @Inject
  OwnPages(WebConfig config) {
    this(Stream.concat(Stream.of(config.publicUrl()), config.pageOrigins().orElse(List.of()).stream()).toList());
  }

  OwnPages(List<String> urls) {
    urls.forEach(url -> origins.add(origin(url)));
  }

  /// Whether the method changes nothing (RFC 9110, section 9.2.1).
  public static boolean isHarmless(HttpServerRequest request) {
    return HARMLESS.contains(request.method().name());
  }

  /// @throws Refusal 403 where the request came from elsewhere, or does not say from where
  public void demand(HttpServerRequest request) {
    if (!isOwn(request.getHeader("Sec-Fetch-Site"), request.getHeader("Origin"), request.authority() == null ? "" : request.authority().toString())) {
      throw Refusal.of(ProblemKind.FOREIGN_ORIGIN, null);
    }
  }

  /// Pure. A page whose origin is the very host that it calls is that host's: cookies of another host are not sent there.
  ///
  /// @param fetchSite `Sec-Fetch-Site`; null where it is missing, as with older browsers and unencrypted lines
  /// @param host as the request names it
  boolean isOwn(String fetchSite, String origin, String host) {
    return origin == null || origin.equals(HIDDEN) ? "same-origin".equals(fetchSite)
        : origins.contains(origin.toLowerCase(Locale.ROOT)) || !host.isEmpty() && host.equalsIgnoreCase(authority(origin));
  }

  private static String authority(String origin) {
    int slashes = origin.indexOf("://");
    return slashes < 0 ? "" : origin.substring(slashes + 3);
  }

  private static String origin(String url) {
    try {
      var uri = new URI(url);
      if (uri.getScheme() != null && uri.getRawAuthority() != null) {
        return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException("posthorn.web.public-url and page-origins are addresses such as https://desk.example");
  }
}
