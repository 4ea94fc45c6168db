package dev.posthorn.mail;

/// Joins the lines of `format=flowed` text to paragraphs (RFC 3676, section 4).
final class FlowedText {

  private FlowedText() {
  }

  /// @param text   with LF line ends
  /// @param delSp  whether the space at which a line was broken is to be removed (section 4.2)
  static String unwrap(String text, boolean delSp) {
    StringBuilder out = new StringBuilder(text.length());
    int openDepth = -1; // quote depth of a paragraph that goes on with the next line, or -1
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;

      int depth = 0;
      while (depth < line.length() && line.charAt(depth) == '>') {
        depth++;
      }
      String content = line.substring(depth);
      content = content.startsWith(" ") ? content.substring(1) : content; // space-stuffed, section 4.4
      boolean signature = content.equals("-- ");                          // never flows, section 4.3
      boolean continues = openDepth == depth && !signature;
      if (openDepth >= 0 && !continues) {
        out.append('\n');
      }
      if (!continues) {
        out.append(">".repeat(depth)).append(depth > 0 && !content.isEmpty() ? " " : "");
      }
      boolean flows = content.endsWith(" ") && !signature;
      out.append(flows && delSp ? content.substring(0, content.length() - 1) : content);
      openDepth = flows ? depth : -1;
      if (!flows && end >= 0) {
        out.append('\n');
      }
    }
    return out.toString();
  }
}
