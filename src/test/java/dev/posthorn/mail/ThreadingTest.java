package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthorn.mail.ReplySigner.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadingTest {

  private static final UUID TENANT = UUID.fromString("019535d9-3df7-79fb-b466-fa907fa17f9e");
  private static final UUID OTHER = UUID.fromString("019535d9-3df7-79fb-b466-fa907fa17f9f");
  private static final ReplySigner SIGNER = new ReplySigner(List.of(key(1, 'a')));

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      Printer broken                     | printer broken
      Re: Printer broken                 | printer broken
      RE: re: Re : Printer broken        | printer broken
      Re[2]: Printer broken              | printer broken
      Re (3): Printer broken             | printer broken
      Re^2: Printer broken               | printer broken
      Re2: Printer broken                | printer broken
      AW: WG: Printer broken             | printer broken
      Antw: Printer broken               | printer broken
      SV: VS: Vb: Printer broken         | printer broken
      TR : Printer broken                | printer broken
      RIF: R: I: Printer broken          | printer broken
      Odp: PD: Printer broken            | printer broken
      RES: ENC: Printer broken           | printer broken
      YNT: İLT: Printer broken           | printer broken
      Отв: Printer broken                | printer broken
      回复：转发: Printer broken           | printer broken
      Réf : Printer broken               | printer broken
      Re: [ACME] Printer broken          | printer broken
      [ACME] Re: Printer broken          | printer broken
      [a] [b] Re: [c] Fwd: Printer broken | printer broken
      Re: Printer broken (fwd)           | printer broken
      [Fwd: Re: Printer broken]          | printer broken
      Fwd: [Fwd: Printer broken] (fwd)   | printer broken
      Re:   Printer    broken            | printer broken
      Re:                                | ``
      ``                                 | ``
      [ACME]                             | [acme]
      [ACME] [123]                       | [123]
      Regarding: Printer                 | regarding: printer
      Reply: 42                          | reply: 42
      Aw, Printer                        | aw, printer
      Re Printer                         | re printer
      [open Re: Printer                  | [open re: printer
      """)
  void theBaseSubjectIsWithoutWhatAnsweringAdds(String subject, String base) { // RFC 5256, section 2.1; P-25
    assertThat(BaseSubject.of(subject).value()).isEqualTo(base);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a]", "re:", "[fwd:", "re[", "(fwd)", " ", "]"})
  void hostileSubjectsHaveABaseToo(String piece) {
    assertThat(BaseSubject.of(piece.repeat(300_000)).value()).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void aTokenIsVerifiedForItsTenantAlone() {
    for (long number : List.of(0L, 1L, 42L, (1L << 40) - 1)) {
      String token = SIGNER.token(TENANT, number);

      assertThat(token).matches("[a-z2-7]{26}");
      assertThat(SIGNER.verify(TENANT, token)).hasValue(number);
      assertThat(SIGNER.verify(TENANT, token.toUpperCase(Locale.ROOT))).hasValue(number);
      assertThat(SIGNER.verify(OTHER, token)).isEmpty();
    }
  }

  @Test
  void noOtherTokenIsValid() { // P-23
    String token = SIGNER.token(TENANT, 42);

    for (int at = 0; at < token.length(); at++) {
      for (char c : "abcdefghijklmnopqrstuvwxyz234567".toCharArray()) {
        String forged = token.substring(0, at) + c + token.substring(at + 1);
        assertThat(SIGNER.verify(TENANT, forged).isPresent()).isEqualTo(forged.equals(token));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaa1", "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "ſſſſſſſſſſſſſſſſſſſſſſſſſſ", "aaaaaaaaaaaaaaaaaaaaaaaaaı"})
  void whatIsNoTokenIsNotVerified(String token) {
    assertThat(SIGNER.verify(TENANT, token)).isEmpty();
  }

  @Test
  void anOldKeyStillVerifiesAndTheNewOneSigns() {
    ReplySigner changed = new ReplySigner(List.of(key(2, 'b'), key(1, 'a')));
    ReplySigner later = new ReplySigner(List.of(key(2, 'b')));

    assertThat(changed.verify(TENANT, SIGNER.token(TENANT, 7))).hasValue(7);
    assertThat(later.verify(TENANT, changed.token(TENANT, 7))).hasValue(7);
    assertThat(later.verify(TENANT, SIGNER.token(TENANT, 7))).isEmpty();
  }

  @Test
  void keysAreCheckedAndNeverShown() {
    assertThat(key(1, 'a').toString()).isEqualTo("Key[1]");
    assertThatThrownBy(() -> new ReplySigner(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReplySigner(List.of(key(1, 'a'), key(1, 'b')))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Key((byte) 1, new byte[15])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SIGNER.token(TENANT, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SIGNER.token(TENANT, 1L << 40)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSignedAddressIsTakenApartAgain() {
    String token = SIGNER.token(TENANT, 42);
    Address base = new Address("Support", "Support.acme@Desk.example");

    Address signed = ReplyAddresses.sign(base, token);

    assertThat(signed).isEqualTo(new Address("Support", "Support.acme+r" + token + "@Desk.example"));
    assertThat(ReplyAddresses.split(signed.localPart()))
        .isEqualTo(new ReplyAddresses.Split("Support.acme", Optional.of("r" + token)));
    assertThat(ReplyAddresses.token(signed)).contains(token);
    assertThat(ReplyAddresses.token(Address.of(signed.address().toUpperCase(Locale.ROOT)))).contains(token);
  }

  @Test
  void localPartsStayWithinTheLimit() { // RFC 5321, section 4.5.3.1.1
    String token = SIGNER.token(TENANT, 42);

    assertThat(ReplyAddresses.sign(Address.of("a".repeat(36) + "@x.example"), token).localPart()).hasSize(64);
    assertThatThrownBy(() -> ReplyAddresses.sign(Address.of("a".repeat(37) + "@x.example"), token))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', textBlock = """
      support, support, ``
      support+x, support, x
      support+x+y, support, x+y
      +x, +x, ``
      support+, support, ``
      a+b+raaaaaaaaaaaaaaaaaaaaaaaaaa, a+b, raaaaaaaaaaaaaaaaaaaaaaaaaa
      """)
  void localPartsAreSplitAtTheTokenElseAtTheFirstPlus(String localPart, String base, String detail) {
    ReplyAddresses.Split split = ReplyAddresses.split(localPart);

    assertThat(split.base()).isEqualTo(base);
    assertThat(split.detail().orElse("")).isEqualTo(detail);
  }

  @Test
  void cluesAreInTheOrderOfTheirStrength() {
    String one = SIGNER.token(TENANT, 1);
    String two = SIGNER.token(TENANT, 2);
    String three = SIGNER.token(TENANT, 3);
    ThreadClues clues = clues("""
        From: anna@x.example
        To: "Support" <support+r%s@desk.example>
        Cc: support+r%s@desk.example, support+other@desk.example
        Delivered-To: support+r%s@desk.example
        Subject: AW: Printer
        Message-ID: <5@x>
        In-Reply-To: <4@x>
        References: <1@x> <2@x> <4@x> <5@x>

        x""".formatted(one, two.toUpperCase(Locale.ROOT), three), List.of("support+r" + two + "@desk.example", "not an address"));

    assertThat(clues.ids()).extracting(MessageId::value).containsExactly("4@x", "2@x", "1@x");
    assertThat(clues.tokens()).isEqualTo(Arrays.asList(two, three, one));
    assertThat(clues.baseSubject()).isEqualTo(new BaseSubject("printer"));
  }

  @Test
  void aMailWithoutCluesHasNone() {
    ThreadClues clues = clues("\n\nHello", List.of());

    assertThat(clues).isEqualTo(new ThreadClues(List.of(), List.of(), new BaseSubject("")));
    assertThat(clues.baseSubject().isEmpty()).isTrue();
  }

  private static ThreadClues clues(String mail, List<String> recipients) {
    byte[] bytes = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    try (RawMail raw = RawMail.of(bytes); Parsed parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      return ThreadClues.of(((Parsed.Readable) parsed).mail(), recipients);
    }
  }

  private static Key key(int id, char fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return new Key((byte) id, secret);
  }
}
