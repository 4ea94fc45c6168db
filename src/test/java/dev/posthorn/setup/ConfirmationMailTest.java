package dev.posthorn.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.mail.Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmationMailTest {
  private static final String TO = "acme.support@in.posthorn.example";
  private static final Address GOOGLE = Address.of("forwarding-noreply@google.com");
  private static final String LINK = "https://mail-settings.google.com/mail/vf-%5BANGjdJ8abcdefghij%5D-xyz_123";

  @Test
  void theCodeTheLinkAndTheAddressAreFound() { // AT-10
    var mail = ConfirmationMail.of(GOOGLE, "(#123456789) Gmail Forwarding Confirmation - Receive Mail from info@acme.example", """
        info@acme.example has requested to automatically forward mail to your email address acme.support@in.posthorn.example.
        Confirmation code: 123456789

        To allow it, please click the link below:

        %s

        If you accidentally clicked the link, cancel here: https://mail-settings.google.com/mail/uf-%%5BANGjdJ8abcdefghij%%5D-xyz
        """.formatted(LINK), TO);

    assertThat(mail).contains(new ConfirmationMail("gmail", Optional.of("info@acme.example"), Optional.of("123456789"), Optional.of(LINK)));
  }

  @Test
  void whateverTheLanguage() {
    var mail = ConfirmationMail.of(GOOGLE, "(#987654321) Gmail-Weiterleitungsbestätigung – E-Mail von info@acme.example empfangen", "Klicken Sie: " + LINK + ".", TO);

    assertThat(mail.flatMap(ConfirmationMail::code)).contains("987654321");
    assertThat(mail.flatMap(ConfirmationMail::link).orElseThrow()).startsWith(LINK);
  }

  @Test
  void otherMailIsNone() {
    assertThat(ConfirmationMail.of(Address.of("anna@customer.example"), "(#123456789) Gmail Forwarding Confirmation", LINK, TO)).isEmpty();
    assertThat(ConfirmationMail.of(GOOGLE, "Something else", "Hello", TO)).isEmpty();
    assertThat(ConfirmationMail.of(GOOGLE, "Something else", "https://evil.example/mail/vf-abcdefghijkl", TO)).isEmpty();
    assertThat(ConfirmationMail.of(GOOGLE, "x", "https://mail-settings.google.com.evil.example/mail/vf-abcdefghijkl", TO)).isEmpty();
  }
}
