package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posthorn.connector.ScriptedSmtpServer;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.Provider;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A mail of whose sending nobody heard the end, by a mailbox that can only be asked in its folder for sent mail.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class DoubtfulEndJourneyTest {
  private static final String SUPPORT = "support@acme.example";
  private static final String ANNA = "anna@customer.example";

  private final Provider provider = Provider.start().with(SUPPORT);
  private final ScriptedSmtpServer smtp = ScriptedSmtpServer.start(ScriptedSmtpServer.drop(ScriptedSmtpServer.END));

  @ConfigProperty(name = "posthorn.operator.key")
  String operator;

  @Inject DataSource rows;

  @AfterEach
  void stop() {
    smtp.close();
    provider.close();
  }

  /// Answers a mail, and the line dies after the last dot.
  private String doubtful(Company company, Map<String, Object> reply) {
    var wish = new HashMap<>(provider.wish(SUPPORT));
    wish.put("smtp", Map.of("host", "127.0.0.1", "port", smtp.port(), "security", "none"));
    company.post("/mailboxes", wish, 201);
    provider.arrives(SUPPORT, SampleMail.from(ANNA).to(SUPPORT).subject("Cold").bytes());
    var ticket = company.tickets(1).getString("items[0].id");
    var id = company.post("/tickets/" + ticket + "/replies", reply, 202).getString("id");
    await().atMost(Duration.ofSeconds(30)).until(() -> company.get("/messages/" + id).getBoolean("delivery.doubtful"));
    return id;
  }

  private void sent(Company company, String message) {
    await().atMost(Duration.ofSeconds(30)).until(() -> company.get("/messages/" + message).getString("delivery.state").equals("sent"));
  }

  private static byte[] copyOf(String messageId) {
    return ("From: " + SUPPORT + "\r\nTo: " + ANNA + "\r\nMessage-ID: <" + messageId + ">\r\nSubject: Re: Cold\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatTheMailboxHasSentIsNotSentAgain() { // P-33
    var company = Company.founded(operator);
    var message = doubtful(company, Map.of("text", "Hello"));
    provider.keeps(SUPPORT, "Sent", copyOf(company.get("/messages/" + message).getString("messageId")));

    sent(company, message);

    assertThat(company.get("/messages/" + message).getString("delivery.recipients[0].serverWords")).isEqualTo("found among what the mailbox has sent");
    assertThat(company.get("/messages/" + message).getBoolean("delivery.doubtful")).isFalse();
    assertThat(dots()).isEqualTo(1);
    assertThat(provider.mails(SUPPORT, "Sent", 1)).hasSize(1);
  }

  @Test
  void whatNobodyHasSeenGoesOutOnceMoreUnderTheSameName() {
    var company = Company.founded(operator);
    var message = doubtful(company, Map.of("text", "Hello"));

    sent(company, message);

    assertThat(dots()).isEqualTo(2);
    assertThat(new String(smtp.taken().getLast().content(), StandardCharsets.UTF_8)).contains("<" + company.get("/messages/" + message).getString("messageId") + ">");
  }

  @Test
  void aProcessThatDiedWhileSendingLeavesADoubtToo() throws Exception {
    var company = Company.founded(operator);
    var message = doubtful(company, Map.of("text", "Hello"));
    sent(company, message);
    provider.mails(SUPPORT, "Sent", 1);
    int before = dots();
    var messageId = company.get("/messages/" + message).getString("messageId");
    // As a process leaves it that dies in the middle of a try.
    try (var connection = rows.getConnection(); var statement = connection.createStatement()) {
      statement.execute("select set_config('posthorn.tenant', '" + company.get("/tenant").getString("id") + "', false)");
      statement.execute("update outbound_recipient set state = 'queued' where outbound_mail_id = (select id from outbound_mail where message_id = '" + messageId + "')");
      statement.execute("update outbound_mail set state = 'queued', underway = true, sent_at = null, attempted_at = now(), due_at = now() where message_id = '"
          + messageId + "'");
      statement.execute("select set_config('posthorn.tenant', '', false)");
    }
    sent(company, message);

    // The copy that was made of it is there: it was sent.
    assertThat(dots()).isEqualTo(before);
    assertThat(company.get("/messages/" + message).getList("delivery.recipients.serverWords")).isEqualTo(List.of("found among what the mailbox has sent"));
  }

  /// How often the end of a mail was sent.
  private int dots() {
    return smtp.taken().size();
  }
}
