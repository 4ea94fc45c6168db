package dev.posthorn.channel;

import dev.posthorn.support.Provider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Stands where Gmail is.
public final class GmailServer implements QuarkusTestResourceLifecycleManager {
  private Provider provider;

  @Override
  public Map<String, String> start() {
    provider = Provider.start().with("acme.support@gmail.example");
    provider.password("acme.support@gmail.example", "abcdefghijklmnop");
    return Map.of("posthorn.mailbox.gmail.imap-host", "127.0.0.1", "posthorn.mailbox.gmail.imap-port", String.valueOf(provider.imapPort()),
        "posthorn.mailbox.gmail.smtp-host", "127.0.0.1", "posthorn.mailbox.gmail.smtp-port", String.valueOf(provider.smtpPort()));
  }

  @Override
  public void stop() {
    provider.close();
  }
}
