package dev.posthorn.channel;

import dev.posthorn.connector.discovery.DnsResponder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// A name server of the tests' own, and no web servers where files for mail programs could lie.
public final class NameServerResource implements QuarkusTestResourceLifecycleManager {
  private DnsResponder dns;

  @Override
  public Map<String, String> start() {
    dns = DnsResponder.start().srv("_imaps._tcp.published.example", 0, 993, "imap.published.example")
        .srv("_submissions._tcp.published.example", 0, 465, "smtp.published.example")
        .mx("google-customer.example", 10, "aspmx.l.google.com").mx("unknown.example", 10, "mx.unknown.example");
    return Map.of("posthorn.mailbox.discovery.name-server", dns.address(), "posthorn.mailbox.discovery.http-port", "1",
        "posthorn.mailbox.discovery.https-port", "1");
  }

  @Override
  public void stop() {
    dns.close();
  }
}
