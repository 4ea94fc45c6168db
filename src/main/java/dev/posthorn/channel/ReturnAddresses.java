package dev.posthorn.channel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a sign-in may lead back to (never an open redirect, RFC 9700, section 4.11.1). Pure.
final class ReturnAddresses {
  private final List<URI> allowed;

  /// @throws IllegalArgumentException where one of them is no address
  ReturnAddresses(List<String> allowed) {
    this.allowed = allowed.stream().map(ReturnAddresses::address)
        .map(one -> one.orElseThrow(() -> new IllegalArgumentException("needs addresses such as https://desk.example/"))).toList();
  }

  /// Whether it is one of those that are allowed, or below one: same scheme, host and port, and the path from a slash on.
  boolean allow(String wanted) {
    return address(wanted).filter(to -> allowed.stream().anyMatch(one -> isBelow(to, one))).isPresent();
  }

  /// Only what every browser reads as we do: no user, no fragment, no backslash, no dot segments, plain ASCII.
  private static Optional<URI> address(String text) {
    try {
      var address = new URI(text);
      var path = Optional.ofNullable(address.getPath()).orElse("");
      boolean plain = text.chars().allMatch(character -> character > ' ' && character < 0x7f && character != '\\')
          && address.getHost() != null && address.getRawUserInfo() == null && address.getRawFragment() == null
          && address.getScheme() != null && List.of("http", "https").contains(address.getScheme().toLowerCase(Locale.ROOT))
          && path.equals(Optional.ofNullable(address.normalize().getPath()).orElse("")) && !path.contains("//") && !path.contains("\\")
          && List.of(path.split("/")).stream().noneMatch(segment -> segment.equals("..") || segment.equals("."));
      return plain ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isBelow(URI wanted, URI one) {
    var base = Optional.ofNullable(one.getPath()).filter(path -> !path.isEmpty()).orElse("/");
    var path = Optional.ofNullable(wanted.getPath()).filter(text -> !text.isEmpty()).orElse("/");
    return wanted.getScheme().equalsIgnoreCase(one.getScheme()) && wanted.getHost().equalsIgnoreCase(one.getHost()) && port(wanted) == port(one)
        && (path.equals(base) || path.startsWith(base.endsWith("/") ? base : base + "/"));
  }

  private static int port(URI address) {
    return address.getPort() >= 0 ? address.getPort() : address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
