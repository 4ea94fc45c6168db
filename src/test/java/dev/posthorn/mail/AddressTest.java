package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      anna@example.com                                        | ``              | anna@example.com
      <anna@example.com>                                      | ``              | anna@example.com
      Anna Beck <anna@example.com>                            | Anna Beck       | anna@example.com
      "Beck, Anna" <anna@example.com>                         | Beck, Anna      | anna@example.com
      Beck, Anna <anna@example.com>                           | Beck, Anna      | anna@example.com
      "Anna \\"A\\" Beck" <anna@example.com>                  | Anna "A" Beck   | anna@example.com
      anna@example.com (Anna Beck)                            | Anna Beck       | anna@example.com
      anna@example.com (Anna (née Voss) Beck)                 | Anna (née Voss) Beck | anna@example.com
      =?utf-8?Q?J=C3=B6rg_B=C3=A4r?= <joerg@example.com>      | Jörg Bär        | joerg@example.com
      "=?utf-8?B?SsO2cmc=?=" <joerg@example.com>              | Jörg            | joerg@example.com
      =?utf-8?Q?B=C3=A4r,_J?= <joerg@example.com>             | Bär, J          | joerg@example.com
      =?utf-8?Q?Bär, J?= <joerg@example.com>                  | Bär, J          | joerg@example.com
      Anna <anna@example.com                                  | Anna            | anna@example.com
      Anna < anna@example.com >                               | Anna            | anna@example.com
      Anna <mailto:anna@example.com>                          | Anna            | anna@example.com
      Anna <@relay.example,@b.example:anna@example.com>       | Anna            | anna@example.com
      Anna anna@example.com                                   | Anna            | anna@example.com
      Anna Beck [Sales] <anna@example.com>                    | Anna Beck [Sales] | anna@example.com
      "john doe"@example.com                                  | ``              | "john doe"@example.com
      <"a,b"@example.com>                                     | ``              | "a,b"@example.com
      a..b.@docomo.example                                    | ``              | a..b.@docomo.example
      user@[192.0.2.1]                                        | ``              | user@[192.0.2.1]
      user@[IPv6:2001:db8::1]                                 | ``              | user@[IPv6:2001:db8::1]
      用户@例え.jp                                              | ``              | 用户@例え.jp
      Group: Anna <anna@example.com>;                         | Anna            | anna@example.com
      anna@example.com.                                       | ``              | anna@example.com
      """)
  void oneAddressIsReadHoweverItIsWritten(String written, String name, String address) {
    assertThat(Address.parse(written)).contains(new Address(name, address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "anna", "Anna Beck", "@example.com", "anna@", "undisclosed-recipients:;", "<>", "a b c",
      "anna@exa mple@", "anna@example..com", "anna@.example", "\"", "(", "<", "=?utf-8?Q?", "a@b, c@d"})
  void whatIsNotOneAddressIsNone(String written) {
    assertThat(Address.parse(written)).isEmpty();
  }

  @Test
  void listsAreReadWithGroupsCommentsAndSemicolons() {
    List<Address> all = Address.parseList(
        "Friends: Anna <a@x.example>, b@x.example; \"C, D\" <c@x.example>; d@x.example (Dora),, nobody, E <e@x.example>");

    assertThat(all).containsExactly(new Address("Anna", "a@x.example"), Address.of("b@x.example"),
        new Address("C, D", "c@x.example"), new Address("Dora", "d@x.example"), new Address("nobody, E", "e@x.example"));
  }

  @Test
  void noControlCharacterGetsThrough() {
    assertThat(Address.parse("An\r\nBcc: x@y.example\u0000na <anna@example.com>"))
        .hasValueSatisfying(a -> assertThat(a.name() + a.address()).doesNotContainPattern("\\p{Cntrl}"));
    assertThat(new Address("An\r\nna", "anna@example.com").name()).isEqualTo("An  na");
    assertThat(Address.parse("=?utf-8?Q?An=0D=0Ana?= <anna@example.com>").orElseThrow().name()).isEqualTo("An  na");
    assertThatThrownBy(() -> Address.of("anna\r\n@example.com")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.of("anna\u0000@example.com")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.of("\"a\r\nb\"@example.com")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesCannotTurnTheDirectionOfText() {
    assertThat(new Address("bank\u202Emoc", "a@example.com").name()).isEqualTo("bankmoc");
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    assertThat(new Address("x" + "😀".repeat(400), "a@example.com").name()).hasSizeLessThanOrEqualTo(300).endsWith("😀");
  }

  @ParameterizedTest
  @CsvSource({"Anna@Example.COM, anna@example.com", "jörg@Bücher.example, jörg@xn--bcher-kva.example",
      "anna@xn--bcher-kva.example, anna@xn--bcher-kva.example"})
  void comparingForgetsCaseAndSpellingOfDomains(String written, String normalized) {
    assertThat(Address.of(written).normalized()).isEqualTo(normalized);
    assertThat(Address.of(written).domain()).isEqualTo(normalized.substring(normalized.indexOf('@') + 1));
  }

  @Test
  void itsTextFormDoesNotNameThePerson() {
    assertThat(new Address("Anna", "anna@example.com")).hasToString("Address[…@example.com]");
  }

  @Test
  void hostileListsAreReadInLinearTime() {
    for (String piece : List.of("<", "(", "\"", "=?a?Q?", "[", "a@", ",", "\\", "<\"", ":", "=?utf-8?B?")) {
      assertThat(Address.parseList(piece.repeat(100_000))).hasSizeLessThanOrEqualTo(5_000);
    }
  }

  @Test
  void manyAddressesAreBounded() {
    assertThat(Address.parseList("a@x.example,".repeat(20_000))).hasSize(5_000);
    assertThat(Optional.of(Address.parseList("a@x.example,".repeat(400)))).get().asInstanceOf(
        org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(400);
  }
}
