package dev.posthorn.channel;

import dev.posthorn.connector.Account;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSource;
import dev.posthorn.connector.MailboxWishes;
import dev.posthorn.connector.gmail.GmailCheckup;
import dev.posthorn.connector.gmail.GmailConfig;
import dev.posthorn.connector.gmail.GmailDoor;
import dev.posthorn.connector.gmail.GmailSender;
import dev.posthorn.connector.gmail.GmailSource;
import dev.posthorn.connector.graph.GraphCheckup;
import dev.posthorn.connector.graph.GraphConfig;
import dev.posthorn.connector.graph.GraphDoor;
import dev.posthorn.connector.graph.GraphSender;
import dev.posthorn.connector.graph.GraphSource;
import dev.posthorn.connector.oauth.GmailApiConfig;
import dev.posthorn.connector.oauth.Microsoft365Config;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The ways of this process to providers that speak HTTP, with what all their mailboxes share.
@ApplicationScoped
class ApiDoors {
  private final GraphDoor graph;
  private final GmailDoor gmail;
  private final Clock clock;

  ApiDoors(Microsoft365Config microsoft, GraphConfig graphs, GmailApiConfig google, GmailConfig gmails, Clock clock,
      @ConfigProperty(name = "posthorn.intake.max-mail-bytes", defaultValue = "52428800") long mailBytes,
      @ConfigProperty(name = "posthorn.intake.memory-bytes", defaultValue = "262144") int memoryBytes) {
    this.clock = clock;
    graph = new GraphDoor(URI.create(microsoft.graphUrl() + "/v1.0"), graphs, mailBytes, memoryBytes);
    gmail = new GmailDoor(google.apiUrl(), gmails, mailBytes, memoryBytes);
  }

  MailSource source(Account.Microsoft365 account, MailboxWishes wishes) {
    return new GraphSource(graph, account, wishes, clock);
  }

  MailSender sender(Account.Microsoft365 account) {
    return new GraphSender(graph, account);
  }

  GraphCheckup checkup(Account.Microsoft365 account) {
    return new GraphCheckup(graph, account);
  }

  MailSource source(Account.GmailApi account, MailboxWishes wishes) {
    return new GmailSource(gmail, account, wishes, clock);
  }

  MailSender sender(Account.GmailApi account) {
    return new GmailSender(gmail, account);
  }

  GmailCheckup checkup(Account.GmailApi account) {
    return new GmailCheckup(gmail, account);
  }

  @PreDestroy
  void close() {
    graph.close();
  }
}
