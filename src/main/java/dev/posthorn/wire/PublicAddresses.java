package dev.posthorn.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses belong to the public internet. Pure.
///
/// Everything that the registries of special-purpose addresses (RFC 6890 and its successors) keep for other uses is none:
/// loopback, private, link-local, shared (CGNAT), reserved, multicast, documentation. An IPv6 address that carries an IPv4
/// address counts as that one.
final class PublicAddresses {
  private static final List<Network> SPECIAL_V4 = networks(
      "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
      "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

  /// Global unicast (RFC 4291, section 2.4); all else of IPv6 is special.
  private static final Network GLOBAL_V6 = Network.parse("2000::/3");

  /// Special addresses within it: protocol assignments with Teredo (RFC 2928), documentation (RFC 3849, RFC 9637).
  private static final List<Network> SPECIAL_V6 = networks("2001::/23", "2001:db8::/32", "3fff::/20");

  /// 6to4 carries the IPv4 address after its first 16 bits (RFC 3056, section 2).
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

  /// NAT64 carries it in the last 32 bits (RFC 6052, section 2.2).
  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  private PublicAddresses() {}

  static boolean holds(InetAddress address) {
    if (address instanceof Inet4Address) {
      return SPECIAL_V4.stream().noneMatch(network -> network.contains(address));
    }
    if (NAT64.contains(address)) {
      return holds(carried(address, 12));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return holds(carried(address, 2));
    }
    return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(network -> network.contains(address));
  }

  private static InetAddress carried(InetAddress address, int from) {
    var octets = Arrays.copyOfRange(address.getAddress(), from, from + 4);
    return InetAddress.ofLiteral((octets[0] & 0xff) + "." + (octets[1] & 0xff) + "." + (octets[2] & 0xff) + "." + (octets[3] & 0xff));
  }

  private static List<Network> networks(String... ranges) {
    return Stream.of(ranges).map(Network::parse).toList();
  }
}
