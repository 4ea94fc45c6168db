package dev.posthorn.wire;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/// The reach of tenants: the public internet and what `posthorn.wire.allowed-networks` adds to it. A host one of whose
/// addresses is not allowed is reached by its others; one that has no others does not exist.
@ApplicationScoped
public class OutsideReach implements Reach {
  private final Reach resolver;
  private final List<Network> allowed;

  @Inject
  OutsideReach(WireConfig config) {
    this(Reach.everywhere(), config.allowedNetworks().orElse(List.of()));
  }

  OutsideReach(Reach resolver, List<String> allowed) {
    this.resolver = resolver;
    this.allowed = allowed.stream().map(OutsideReach::network).toList();
  }

  /// Being asked is enough to refuse a wrong configuration.
  void check(@Observes StartupEvent start) {}

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    var open = Stream.of(resolver.addresses(host).toArray(InetAddress[]::new)).filter(this::mayBeReached).toList();
    if (open.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return open;
  }

  /// Whether a line may be opened to this address.
  public boolean mayBeReached(InetAddress address) {
    return PublicAddresses.holds(address) || allowed.stream().anyMatch(network -> network.contains(address));
  }

  private static Network network(String text) {
    try {
      return Network.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("posthorn.wire.allowed-networks is no network: " + text, e);
    }
  }
}
