package dev.posthorn.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.config.FallbackPropertyResolverConfigProvider;
import org.xbill.DNS.config.InitializationException;
import org.xbill.DNS.config.PropertyResolverConfigProvider;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.config.ResolverConfigProvider;

/// Where dnsjava looks for the machine's name servers, in an image: in properties and in `/etc/resolv.conf`; where neither names one, on
/// the machine itself (resolv.conf(5)). What it would do besides, on Android and on Windows, is written against libraries that are not
/// here, and an image is built of what is.
@TargetClass(className = "org.xbill.DNS.ResolverConfig")
final class NameServersOfTheMachine {
  @Alias private static List<ResolverConfigProvider> configProviders;

  @Alias private List<InetSocketAddress> servers;
  @Alias private List<Name> searchlist;
  @Alias private int ndots;

  @Substitute
  public NameServersOfTheMachine() {
    servers = new ArrayList<>();
    searchlist = new ArrayList<>();
    ndots = 1;
    configProviders = new ArrayList<>(List.of(new PropertyResolverConfigProvider(), new ResolvConfResolverConfigProvider(),
        new FallbackPropertyResolverConfigProvider()));
    for (var provider : configProviders) {
      if (servers.isEmpty() && provider.isEnabled()) {
        try {
          provider.initialize();
        } catch (InitializationException e) {
          throw new IllegalStateException("The machine's name servers cannot be read", e);
        }
        servers.addAll(provider.servers());
        searchlist.addAll(provider.searchPaths());
        ndots = provider.ndots();
      }
    }
    if (servers.isEmpty()) {
      servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), SimpleResolver.DEFAULT_PORT));
    }
  }
}
