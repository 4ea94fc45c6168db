package dev.posthorn.trust;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks the DNS. Answers are kept for as long as they allow.
final class Lookup {
  /// The DNS did not answer, or not usefully; later it may.
  static final class Trouble extends Exception {
    private static final long serialVersionUID = 1;

    Trouble(String what) {
      super(what);
    }
  }

  private final Resolver resolver;
  private final Cache cache = new Cache(DClass.IN);

  Lookup(TrustConfig config) {
    this.resolver = resolver(config.dnsServers().orElse(List.of()));
    resolver.setTimeout(config.dnsTimeout());
  }

  private static Resolver resolver(List<String> servers) {
    try {
      if (servers.isEmpty()) {
        return new ExtendedResolver();
      }
      var all = new ArrayList<Resolver>();
      for (var server : servers) {
        all.add(one(server.strip()));
      }
      var together = new ExtendedResolver(all);
      together.setRetries(1);
      return together;
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("posthorn.trust.dns-servers: no such name server: " + servers, e);
    }
  }

  /// `host`, `host:port` or `[IPv6]:port`.
  private static Resolver one(String server) throws UnknownHostException {
    int colon = server.lastIndexOf(':');
    boolean hasPort = colon > 0 && (server.indexOf(':') == colon || server.charAt(colon - 1) == ']');
    var simple = new SimpleResolver((hasPort ? server.substring(0, colon) : server).replaceAll("[\\[\\]]", ""));
    if (hasPort) {
      simple.setPort(Integer.parseInt(server.substring(colon + 1)));
    }
    return simple;
  }

  /// The strings of each TXT record, put together.
  List<String> txt(String name) throws Trouble {
    return values(name, Type.TXT);
  }

  /// The values of the records as text: addresses, names of hosts, texts. None where there is no such name.
  ///
  /// @param type one of dnsjava's [Type]
  List<String> values(String name, int type) throws Trouble {
    return Arrays.stream(records(name, type)).map(Lookup::value).toList();
  }

  private Record[] records(String name, int type) throws Trouble {
    org.xbill.DNS.Lookup question;
    try {
      question = new org.xbill.DNS.Lookup(Name.fromString(name, Name.root), type, DClass.IN);
    } catch (TextParseException e) {
      return new Record[0];
    }
    question.setResolver(resolver);
    question.setCache(cache);
    question.setHostsFileParser(null);
    var records = question.run();
    return switch (question.getResult()) {
      case org.xbill.DNS.Lookup.SUCCESSFUL -> records;
      case org.xbill.DNS.Lookup.HOST_NOT_FOUND, org.xbill.DNS.Lookup.TYPE_NOT_FOUND -> new Record[0];
      default -> throw new Trouble("DNS: " + question.getErrorString());
    };
  }

  private static String value(Record record) {
    return switch (record) {
      case TXTRecord text -> String.join("", text.getStrings());
      case ARecord a -> a.getAddress().getHostAddress();
      case AAAARecord a -> a.getAddress().getHostAddress();
      case MXRecord mx -> mx.getTarget().toString(true);
      case PTRRecord ptr -> ptr.getTarget().toString(true);
      default -> record.rdataToString();
    };
  }
}
