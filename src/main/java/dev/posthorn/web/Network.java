package dev.posthorn.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/// Who counts as one: an IPv4 address, or an IPv6 network of 64 bits, of which one customer of a provider has all addresses
/// (RFC 6177). Pure.
final class Network {
  private static final int BYTES = 8;

  private Network() {}

  /// @param address in numbers; anything else counts as itself
  static String of(String address) {
    if (address == null || address.indexOf(':') < 0) {
      return String.valueOf(address);
    }
    try {
      // Numbers alone are read here, no name is asked for: there is a colon in it.
      return InetAddress.getByName(address) instanceof Inet6Address six ? HexFormat.of().formatHex(six.getAddress(), 0, BYTES) : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
