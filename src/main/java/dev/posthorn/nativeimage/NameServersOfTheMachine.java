package dev.posthorn.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.config.FallbackPropertyResolverConfigProvider;
import org.xbill.DNS.config.PropertyResolverConfigProvider;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.config.ResolverConfigProvider;

/// Where dnsjava looks for the machine's name servers, in an image: in properties and in `/etc/resolv.conf`. What it would do besides,
/// on Android and on Windows, is written against libraries that are not here, and an image is built of what is.
@TargetClass(className = "org.xbill.DNS.ResolverConfig")
final class NameServersOfTheMachine {
  @Alias private static List<ResolverConfigProvider> configProviders;

  private NameServersOfTheMachine() {}

  @Substitute
  private static void checkInitialized() {
    if (configProviders == null) {
      configProviders = new ArrayList<>(List.of(new PropertyResolverConfigProvider(), new ResolvConfResolverConfigProvider(),
          new FallbackPropertyResolverConfigProvider()));
    }
  }
}
