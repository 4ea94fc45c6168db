package dev.posthorn.ingress;

import java.net.InetAddress;

/// A range of IP addresses as configurations write it: `192.0.2.0/24`, `2001:db8::/32`, or one address.
///
/// @param address any address of the range
/// @param bits    how many leading bits all addresses of the range share
public record Network(InetAddress address, int bits) {

  /// @throws IllegalArgumentException it is neither an IP address nor a range
  public static Network parse(String text) {
    var slash = text.indexOf('/');
    var address = InetAddress.ofLiteral((slash < 0 ? text : text.substring(0, slash)).strip());
    var most = address.getAddress().length * 8;
    var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1).strip());
    if (bits < 0 || bits > most) throw new IllegalArgumentException("No such network: " + text);
    return new Network(address, bits);
  }

  /// Whether the address lies in the range.
  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) return false;
    for (int bit = 0; bit < bits; bit++) {
      if (((ours[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) return false;
    }
    return true;
  }
}
