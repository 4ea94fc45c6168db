package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlSanitizerTest {

  private static final Duration ENDS = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      <p>Hello <b>you</b></p>                    | <p>Hello <b>you</b></p>
      <a href="https://x.example/?a=1">go</a>    | <a href="https://x.example/?a&#61;1" rel="noopener noreferrer nofollow">go</a>
      <a href="mailto:a@x.example">go</a>        | <a href="mailto:a&#64;x.example" rel="noopener noreferrer nofollow">go</a>
      <a href="tel:+123">go</a>                  | <a href="tel:&#43;123" rel="noopener noreferrer nofollow">go</a>
      <img src="cid:pic@x" alt="pic">            | <img src="cid:pic&#64;x" alt="pic" />
      <img src="https://x.example/p.png" alt="p"> | <img data-remote-src="https://x.example/p.png" alt="p" />
      <img src="http://x.example/p.png">         | <img data-remote-src="http://x.example/p.png" />
      <font color="#ff0000" face="Arial">x</font> | <font color="#ff0000" face="Arial">x</font>
      <span style="color: red">x</span>          | <span style="color:red">x</span>
      """)
  void whatMailNeedsStays(String html, String clean) { // WX-01
    assertThat(HtmlSanitizer.sanitize(html)).isEqualTo(clean);
  }

  @Test
  void tablesStayWithTheirForm() { // WX-01
    assertThat(HtmlSanitizer.sanitize("<table width=\"600\" cellpadding=\"0\" bgcolor=\"#eeeeee\"><tr><td colspan=\"2\" align=\"left\" "
        + "style=\"padding:4px;background-color:#fff\">x</td></tr></table>"))
        .contains("width=\"600\"", "cellpadding=\"0\"", "bgcolor=\"#eeeeee\"", "colspan=\"2\"", "align=\"left\"",
            "padding:4px", "background-color:#fff");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "<script>alert(1)</script>", "<SCRIPT SRC=https://x.example/x.js></SCRIPT>", "<svg onload=alert(1)><script>alert(1)</script></svg>",
      "<img src=x onerror=alert(1)>", "<img src=\"javascript:alert(1)\">", "<a href=\"javascript:alert(1)\">x</a>",
      "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\" &#1;javascript:alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>",
      "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
      "<a href=\"vbscript:alert(1)\">x</a>", "<a href=\"//x.example/\">x</a>", "<a href=\"/local\">x</a>", "<a href=\"file:///etc/passwd\">x</a>",
      "<math><mi href=\"javascript:alert(1)\">x</mi></math>", "<iframe src=\"https://x.example/\"></iframe>",
      "<object data=\"https://x.example/\"></object>", "<embed src=\"https://x.example/\">", "<link rel=stylesheet href=\"https://x.example/\">",
      "<meta http-equiv=refresh content=\"0;url=https://x.example/\">", "<base href=\"https://x.example/\">",
      "<form action=\"https://x.example/\"><input name=password type=password><button>x</button></form>",
      "<style>@import url(https://x.example/x.css); p{position:fixed}</style>",
      "<p style=\"background:url(https://x.example/x.png)\">x</p>", "<p style=\"background-image:url('https://x.example/x.png')\">x</p>",
      "<p style=\"width:expression(alert(1))\">x</p>", "<p style=\"position:fixed;top:0\">x</p>", "<p style=\"@import 'https://x.example/x.css'\">x</p>",
      "<p style=\"behavior:url(#default)\">x</p>", "<p style=\"-moz-binding:url(https://x.example/)\">x</p>",
      "<p style=\"background:u\\72l(https://x.example/x.png)\">x</p>", "<p style=\"list-style:url(https://x.example/x.png)\">x</p>",
      "<td background=\"https://x.example/x.png\">x</td>", "<img srcset=\"https://x.example/x.png 2x\">", "<video poster=\"https://x.example/x.png\"></video>",
      "<a href=\"https://x.example/\" onclick=\"alert(1)\" style=\"position:absolute\">x</a>", "<p id=\"login\" class=\"overlay\">x</p>",
      "<noscript><p title=\"</noscript><img src=x>\">", "<![CDATA[<script>alert(1)</script>]]>", "<!--><script>alert(1)</script>-->",
      "<img data-remote-src=\"javascript:alert(1)\">", "<input type=image src=\"https://x.example/x.png\">", "<frameset><frame src=\"https://x.example/\"></frameset>"})
  void nothingRunsLoadsOrLeavesItsPlace(String html) {
    for (String clean : new String[]{HtmlSanitizer.sanitize(html), OutgoingHtml.sanitize(html)}) {
      assertThat(clean).doesNotContainIgnoringCase("<script", "<svg", "<math", "<iframe", "<object", "<embed", "<link", "<meta",
          "<base", "<form", "<input", "<button", "<style", "<video", "<frame", "<!--><", "javascript:", "vbscript:", "data:",
          "file:", "url(", "expression(", "position", "@import", "behavior", "binding", " onerror", " onload", " onclick",
          " srcset", " background=", " poster", " id=", " class=", "href=\"/", " src=\"x");
    }
  }

  @Test
  void incomingMailNeverLoadsAnImageByItself() {
    assertThat(HtmlSanitizer.sanitize("<IMG SRC='https://x.example/p.png'><img src=\"HTTPS://x.example/q\"><img src=cid:a>"))
        .doesNotContain(" src=\"http").doesNotContain(" src=\"HTTP").contains("<img src=\"cid:a\" />");
  }

  @Test
  void outgoingLinksAndImagesSurvive() { // EH-13, EH-14
    assertThat(OutgoingHtml.sanitize("<p><a href=\"https://x.example/a\">go</a> <a href=\"mailto:a\">m</a>"
        + "<img src=\"cid:pic\" /><img src=\"https://desk.example/logo.png\" /><a href=\"ftp://x\">f</a><a href=\"page.html\">r</a></p>"))
        .contains("href=\"https://x.example/a\"", "href=\"mailto:a\"", "src=\"cid:pic\"", "src=\"https://desk.example/logo.png\"")
        .doesNotContain("ftp:", "page.html", "noopener");
  }

  @Test
  void cleanHtmlStaysTheSameWhenCleanedAgain() {
    String once = HtmlSanitizer.sanitize("<table><tr><td style=\"color:#123456\"><a href=\"https://x.example/?a=1&b=2\">x</a>"
        + "<blockquote>q &lt;b&gt; &amp;amp;</blockquote></table>");

    assertThat(HtmlSanitizer.sanitize(once)).isEqualTo(once);
  }

  @Test
  void noNulAndNoHalfSurrogateGetsThrough() {
    assertThat(HtmlSanitizer.sanitize("a\u0000b\ud800c&#0;&#xD800;&#xDC00;<p title=\"\ud800&#0;\">d"))
        .doesNotContain("\u0000").satisfies(s -> assertThat(CleanText.of(s)).isEqualTo(s));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<div>", "<table><tr><td>", "<b><i>", "</div>", "<", "<a ", "<a href=\"", "&", "&#", "&amp", "<!--", "<p style=\"color:red;",
      "<p title=\"a\" title=\"b\" ", "<li>", "<a href=https://x.example/>", "<script>", "<b></i>", "<p><table>", "<font color=red>", "x ", "]]>", "<svg>",
      "<p style=\"a(", "<![CDATA[", "<select><option>", "\u0000"})
  void hostileHtmlComesToAnEnd(String piece) { // P-37
    String html = piece.repeat(300_000 / piece.length());

    assertTimeoutPreemptively(ENDS, () -> {
      HtmlSanitizer.sanitize(html);
      OutgoingHtml.sanitize(html);
      HtmlText.of(html);
    });
  }

  @Test
  void deeplyQuotedWordsAreNotLost() { // P-40
    String deep = "<blockquote><div>".repeat(1_000) + "<p>bottom <a href=\"https://x.example/\">link</a><br>line" + "</div></blockquote>".repeat(1_000)
        + "<p><b>after</b></p>";

    assertThat(HtmlSanitizer.sanitize(deep)).contains("bottom", "https://x.example/", "<br />line").endsWith("<p><b>after</b></p>");
  }

  @Test
  void unclosedParagraphsAndCellsAreNotDeep() {
    String html = "<table>" + "<tr><td><p>x<li>y</td></tr>".repeat(500) + "</table>" + "<td>x<li>y".repeat(500) + "<ul>" + "<li>x".repeat(500)
        + "</ul><p><b>after</b></p>";

    assertThat(HtmlSanitizer.sanitize(html)).endsWith("<p><b>after</b></p>");
  }

  @Test
  void oneTagOfHostileAttributesComesToAnEnd() { // P-37
    String attributes = "title=\"a\" ".repeat(100_000);
    String style = "color:red;".repeat(100_000);
    String functions = "a(".repeat(300_000);

    assertTimeoutPreemptively(ENDS, () -> {
      assertThat(HtmlSanitizer.sanitize("<p " + attributes + ">x</p>")).contains("x");
      assertThat(HtmlSanitizer.sanitize("<p style=\"" + style + "\">x</p>")).contains("x");
      assertThat(HtmlSanitizer.sanitize("<p style=\"color:" + functions + "\">x</p>")).contains("x");
    });
  }

  @Test
  void tooMuchHtmlIsCut() {
    assertThat(HtmlSanitizer.sanitize("<p>" + "x".repeat(5_000_000))).hasSizeBetween(2_000_000, 2_200_000).endsWith("</p>");
  }
}
