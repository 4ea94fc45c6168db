package dev.posthorn.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.connector.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemediesTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      IMAP | imap.gmail.com       | LOGIN       | NO [ALERT] Application-specific password required: https://support.google.com | 2-step verification
      SMTP | smtp.gmail.com       | LOGIN       | 534 5.7.9 Application-specific password required                               | 2-step verification
      IMAP | imap.gmail.com       | LOGIN       | NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)                        | app password
      IMAP | imap.gmail.com       | LOGIN       | NO [WEBALERT https://accounts.google.com] Web login required                   | browser
      IMAP | imap.gmail.com       | LOGIN       | NO [ALERT] Your account is not enabled for IMAP use                            | switched off
      IMAP | outlook.office365.com| LOGIN       | NO AUTHENTICATE failed.                                                        | microsoft365
      IMAP | mail.acme.example    | LOGIN       | NO no                                                                          | user name and password
      SMTP | mail.acme.example    | LOGIN       | the server offers no login                                                     | tls or starttls
      IMAP | mail.acme.example    | CONNECT     | no such host                                                                   | spelling
      SMTP | mail.acme.example    | CONNECT     | the host does not answer on this port                                          | 587 with starttls
      IMAP | mail.acme.example    | TLS         | Unsupported or unrecognized SSL message                                        | starttls
      IMAP | mail.acme.example    | TLS         | PKIX path building failed                                                      | certificate
      IMAP | mail.acme.example    | GREETING    | no answer in time                                                              | 993
      IMAP | mail.acme.example    | FOLDER      | NO no such mailbox                                                             | INBOX
      IMAP | mail.acme.example    | SENT_FOLDER | there is no such folder                                                        | sentFolder
      SMTP | mail.acme.example    | MAIL        | 550 not your address                                                           | right
      """)
  void everyStepHasItsHint(Remedies.Side side, String host, Step step, String words, String hint) {
    assertThat(Remedies.hint(side, host, step, words)).contains(hint);
  }

  @ParameterizedTest
  @CsvSource({"gmail.com,true", "smtp.gmail.com,true", "notgmail.com,false", "gmail.com.evil.example,false"})
  void aHostIsGooglesByItsDomain(String host, boolean is) {
    assertThat(Remedies.isGoogle(host)).isEqualTo(is);
  }
}
