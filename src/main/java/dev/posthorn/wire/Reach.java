package dev.posthorn.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// To which addresses a host name may lead. Whoever connects does so to one of the answered addresses and never resolves the
/// name again: between two answers of a name server lies the attack called DNS rebinding.
@FunctionalInterface
public interface Reach {
  /// The addresses of the host that may be connected to, in the resolver's order; at least one.
  ///
  /// @param host a name, or an address in text form
  /// @throws UnknownHostException the name leads nowhere, or nowhere that is allowed: the caller cannot tell which
  List<InetAddress> addresses(String host) throws UnknownHostException;

  /// Wherever the name leads: for hosts that the operator configured.
  static Reach everywhere() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
