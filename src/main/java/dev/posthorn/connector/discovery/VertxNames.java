package dev.posthorn.connector.discovery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.MxRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The name server of this machine, or one that is configured, by the DNS client of Vert.x.
public final class VertxNames implements NameServer {
  private static final int DNS_PORT = 53;

  private final DnsClient client;
  private final Duration patience;

  /// @param server `host:port` or `host`; none for that of this machine
  public VertxNames(Vertx vertx, Optional<String> server, Duration patience) {
    var options = new DnsClientOptions().setQueryTimeout(patience.toMillis());
    server.ifPresent(where -> {
      int colon = where.lastIndexOf(':');
      options.setHost(colon < 0 ? where : where.substring(0, colon)).setPort(colon < 0 ? DNS_PORT : Integer.parseInt(where.substring(colon + 1)));
    });
    this.client = vertx.createDnsClient(options);
    this.patience = patience;
  }

  @Override
  public List<Service> services(String name) {
    return answered(client.resolveSRV(name)).stream()
        .map(record -> new Service(record.priority(), record.weight(), record.port(), Optional.ofNullable(record.target()).orElse("."))).toList();
  }

  @Override
  public List<String> mailExchangers(String domain) {
    return answered(client.resolveMX(domain)).stream().sorted(Comparator.comparingInt(MxRecord::priority)).map(MxRecord::name).toList();
  }

  private <T> List<T> answered(Future<List<T>> question) {
    try {
      var answer = question.toCompletionStage().toCompletableFuture().get(patience.toMillis() * 2, TimeUnit.MILLISECONDS);
      return answer == null ? List.of() : answer;
    } catch (ExecutionException | TimeoutException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
