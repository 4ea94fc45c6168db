package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      Hello                                            | Hello
      <p>One</p><p>Two</p>                             | One~~Two
      <div>One</div><div>Two</div>                     | One~Two
      One<br>Two<br><br>Three                          | One~Two~~Three
      <h1>Title</h1>Text                               | Title~~Text
      a <b>bold</b> word  and   spaces                 | a bold word and spaces
      Gr&uuml;&szlig;e &amp; &lt;so&gt;&nbsp;on        | Grüße & <so> on
      <a href="https://x.example/">here</a>!           | here <https://x.example/>!
      <a href="https://x.example/">https://x.example</a> | https://x.example
      <a href="https://x.example/">https://x.example/</a> | https://x.example/
      <a href="mailto:a@x.example">a@x.example</a>     | a@x.example
      <a href="mailto:a@x.example">mail us</a>         | mail us <a@x.example>
      <a href="javascript:x()">here</a>                | here
      <a href="https://x.example/"><img src="x"></a>.  | .
      <img alt="Logo" src="x"> Acme                    | [Logo] Acme
      <ul><li>one<li>two</ul>after                     | - one~- two~~after
      <ol><li>one</li><li>two</li></ol>                | 1. one~2. two
      <ul><li>one<ul><li>inner</ul><li>two</ul>        | - one~  - inner~- two
      <blockquote>quoted<p>more</p></blockquote>new    | > quoted~>~> more~~new
      <blockquote>a<blockquote>b</blockquote></blockquote> | > a~>~> > b
      <table><tr><td>a<td>b<tr><td>c<td>d</table>      | a , b~c , d
      a<hr>b                                           | a~----------------------------------------~b
      <style>p{}</style><script>x()</script>text       | text
      <title>no</title><span style="display: none">no</span>yes | yes
      <pre>a  b</pre>                                  | a  b
      a<b>b</b>c                                       | abc
      <a href="https://x.example/1">a<a href="https://x.example/2">b</a></a>c | a <https://x.example/1>b <https://x.example/2>c
      <div style="display:none">no<div>no</div>no</div>yes | yes
      </blockquote></ul>x                              | x
      <ul><li>a<p>b<li>c</ul><p>d                      | - a~~b~- c~~d
      <p>unclosed <i>tags                              | unclosed tags
      `<p> </p>`                                       | ``
      """)
  void htmlIsReadableAsText(String html, String text) { // EH-12
    assertThat(HtmlText.of(html).replace("\n", "~").replace(" | ", " , ")).isEqualTo(text);
  }

  @Test
  void preformattedLinesStay() {
    assertThat(HtmlText.of("<p>code:</p><pre>if (x)\n  y();\n\nend</pre>after")).isEqualTo("code:\n\nif (x)\n  y();\n\nend\n\nafter");
  }

  @Test
  void aHundredThousandNestedTagsAreNoRecursion() {
    String deep = "<div><blockquote><b>".repeat(100_000) + "bottom" + "</b></blockquote></div>".repeat(80_000);

    assertThat(HtmlText.of(deep)).contains("bottom");
  }

  @Test
  void theTextIsBounded() {
    assertThat(HtmlText.of("<p>word</p>".repeat(1_000_000)).length()).isLessThan(2_200_000);
    assertThat(HtmlText.of("<blockquote>x<br>".repeat(200_000)).length()).isLessThan(2_200_000);
  }

  @Test
  void noNulAndNoHalfSurrogateGetsThrough() {
    String text = HtmlText.of("a\u0000b\ud800c&#0;&#xD800;d");

    assertThat(text).startsWith("a").endsWith("d").doesNotContain("\u0000");
    assertThat(CleanText.of(text)).isEqualTo(text);
  }
}
