package dev.posthorn.mail;

import org.owasp.html.PolicyFactory;

/// Makes the HTML that an agent wrote fit to be sent: what [HtmlSanitizer] lets in, this lets out, and images that the
/// agent put in by link stay links to them. Links survive, unsafe schemes and relative links do not (EH-14); images of
/// the mail itself are `cid:` (EH-13).
public final class OutgoingHtml {

  private static final PolicyFactory POLICY = HtmlRules.common()
      .allowElements("img")
      .skipRelsOnLinks("noopener", "noreferrer")
      .toFactory();

  private OutgoingHtml() {
  }

  /// Clean HTML, in linear time; of more than two million characters the first ones.
  public static String sanitize(String html) {
    return CleanText.of(POLICY.sanitize(HtmlRules.bounded(html)));
  }
}
