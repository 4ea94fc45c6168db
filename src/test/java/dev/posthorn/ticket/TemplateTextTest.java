package dev.posthorn.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a template may say, and what it says then.
class TemplateTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "Hello", "Hello {{contact.name}}", "{{ ticket.number }}{{company.name}}", "{single} braces", "a } b { c"})
  void namesOfVariablesAreAllThatIsNeeded(String text) {
    assertThat(TemplateText.fault(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{}}", "{{contact}}", "{{contact.name.length}}", "{{#each contacts}}", "{{contact.name", "contact.name}}",
      "{{contact.name}} {{x}}", "{{CONTACT.NAME}}"})
  void everythingElseInBracesIsAFault(String text) {
    assertThat(TemplateText.fault(text)).isPresent();
  }

  @Test
  void aValueIsTextWhateverItLooksLike() {
    assertThat(TemplateText.fill("Dear {{contact.name}}, no. {{ticket.number}}", variable -> variable == TemplateVariable.CONTACT_NAME ? "$1 \\ {{ticket.number}}" : "7"))
        .isEqualTo("Dear $1 \\ {{ticket.number}}, no. 7");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      <p>{{contact.name}}</p>                                        | <p>{{contact.name}}</p>
      <a href="https://a.example/{{ticket.number}}">x</a>            | {{ticket.number}}
      <p onclick="{{contact.name}}">x</p>                            | <p>x</p>
      <script>{{contact.name}}</script>y                             | y
      <p>posthornvariable7x {{agent.name}}</p>                       | <p>posthornvariable7x {{agent.name}}</p>
      """)
  void cleaningLeavesVariablesWhereTheyMayStand(String html, String holds) {
    assertThat(TemplateText.clean(html)).contains(holds);
  }

  @Test
  void whatIsEscapedIsShownAsItIs() {
    assertThat(TemplateText.escaped("<b>\"Tom\" & 'Jerry'</b>")).isEqualTo("&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;");
  }
}
