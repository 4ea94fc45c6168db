package dev.posthorn.trust;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
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

  /// How long it is believed that the resolver answers, or that it does not.
  private static final long BELIEVED_NANOS = Duration.ofSeconds(30).toNanos();

  private final ExtendedResolver resolver;

  /// Until when nothing is asked, since nobody answers; 0 while somebody does. Else each mail would wait in vain.
  private final AtomicLong deadUntil = new AtomicLong();

  private volatile long aliveUntil = System.nanoTime();
  private final Cache cache = new Cache(DClass.IN);

  Lookup(TrustConfig config) {
    this.resolver = resolver(config.dnsServers().orElse(List.of()));
    // The whole looks at its time only when one of its servers has given up: each needs the time as well.
    resolver.setTimeout(config.dnsTimeout());
    for (var server : resolver.getResolvers()) {
      server.setTimeout(config.dnsTimeout());
    }
  }

  private static ExtendedResolver resolver(List<String> servers) {
    try {
      if (servers.isEmpty()) {
        var system = new ExtendedResolver();
        system.setRetries(1);
        return system;
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

  /// The same as it is now, whatever was answered before: for somebody who has just published it.
  List<String> txtNow(String name) throws Trouble {
    return Arrays.stream(records(name, Type.TXT, null)).map(Lookup::value).toList();
  }

  /// The values of the records as text: addresses, names of hosts, texts. None where there is no such name.
  ///
  /// @param type one of dnsjava's [Type]
  List<String> values(String name, int type) throws Trouble {
    return Arrays.stream(records(name, type, cache)).map(Lookup::value).toList();
  }

  /// @param known what was answered before; null to ask anyhow
  private Record[] records(String name, int type, Cache known) throws Trouble {
    org.xbill.DNS.Lookup question;
    try {
      question = new org.xbill.DNS.Lookup(Name.fromString(name, Name.root), type, DClass.IN);
    } catch (TextParseException e) {
      return new Record[0];
    }
    question.setResolver(resolver);
    question.setCache(known);
    question.setHostsFileParser(null);
    demandResolver();
    var records = question.run();
    return switch (question.getResult()) {
      case org.xbill.DNS.Lookup.SUCCESSFUL -> records;
      case org.xbill.DNS.Lookup.HOST_NOT_FOUND, org.xbill.DNS.Lookup.TYPE_NOT_FOUND -> new Record[0];
      default -> {
        doubtResolver();
        throw new Trouble("DNS: " + question.getErrorString());
      }
    };
  }

  /// Whoever comes first after the time is over looks whether the resolver is back; the others do not wait for it.
  private void demandResolver() throws Trouble {
    long until = deadUntil.get();
    if (until == 0) {
      return;
    }
    boolean mayLook = System.nanoTime() - until >= 0 && deadUntil.compareAndSet(until, later());
    if (!mayLook || !answers()) {
      throw new Trouble("DNS: nobody answers");
    }
    deadUntil.set(0);
  }

  /// A name that nobody answers for may be its owner's doing, so it is the root that tells: whoever could silence our checks
  /// by a silent domain of his own could then send in any name.
  private void doubtResolver() {
    if (System.nanoTime() - aliveUntil < 0) {
      return;
    }
    if (answers()) {
      aliveUntil = later();
    } else {
      deadUntil.set(later());
    }
  }

  private boolean answers() {
    try {
      resolver.sendAsync(Message.newQuery(Record.newRecord(Name.root, Type.NS, DClass.IN))).toCompletableFuture().get();
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      // Whoever waited does not wait any more, which says nothing about the resolver.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static long later() {
    // Never 0, which has its own meaning.
    return System.nanoTime() + BELIEVED_NANOS | 1;
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
