package dev.posthorn.connector.smtp;

import java.util.List;

import org.junit.jupiter.api.AfterEach;

import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.MailSenderContract;
import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.wire.Watch;

class SmtpSenderOnScriptedServerTest implements MailSenderContract {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final Watch watch = new Watch();
  private final SmtpSender sender = new SmtpSender(Accounts.plain(server.port()), watch);

  @AfterEach
  void stop() {
    sender.close();
    watch.close();
    server.close();
  }

  @Override
  public MailSender sender() {
    return sender;
  }

  @Override
  public List<String> arrivedFor(String recipient) {
    return server.taken().stream().filter(mail -> mail.recipients().contains(recipient))
        .map(mail -> MailSenderContract.octets(mail.content())).toList();
  }
}
