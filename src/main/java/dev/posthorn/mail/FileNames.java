package dev.posthorn.mail;

import java.util.Map;

/// Names of attachments that are safe to show and to save under.
public final class FileNames {

  private static final int MAX_LENGTH = 200;
  private static final int MAX_EXTENSION = 20;

  private static final Map<String, String> EXTENSIONS = Map.ofEntries(
      Map.entry("application/pdf", "pdf"), Map.entry("application/zip", "zip"),
      Map.entry("application/json", "json"), Map.entry("application/xml", "xml"),
      Map.entry("application/rtf", "rtf"), Map.entry("application/gzip", "gz"),
      Map.entry("application/msword", "doc"), Map.entry("application/vnd.ms-excel", "xls"),
      Map.entry("application/vnd.ms-powerpoint", "ppt"), Map.entry("application/ms-tnef", "tnef"),
      Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
      Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
      Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
      Map.entry("application/pkcs7-signature", "p7s"), Map.entry("application/x-pkcs7-signature", "p7s"),
      Map.entry("application/pkcs7-mime", "p7m"), Map.entry("application/x-pkcs7-mime", "p7m"),
      Map.entry("application/pgp-signature", "asc"), Map.entry("application/pgp-keys", "asc"),
      Map.entry("application/pgp-encrypted", "asc"), Map.entry("application/ics", "ics"),
      Map.entry("text/plain", "txt"), Map.entry("text/html", "html"), Map.entry("text/calendar", "ics"),
      Map.entry("text/csv", "csv"), Map.entry("text/vcard", "vcf"), Map.entry("text/x-vcard", "vcf"),
      Map.entry("text/xml", "xml"), Map.entry("text/rfc822-headers", "txt"), Map.entry("text/rtf", "rtf"),
      Map.entry("image/jpeg", "jpg"), Map.entry("image/jpg", "jpg"), Map.entry("image/png", "png"),
      Map.entry("image/gif", "gif"), Map.entry("image/webp", "webp"), Map.entry("image/svg+xml", "svg"),
      Map.entry("image/tiff", "tif"), Map.entry("image/bmp", "bmp"), Map.entry("image/heic", "heic"),
      Map.entry("audio/mpeg", "mp3"), Map.entry("audio/wav", "wav"), Map.entry("audio/ogg", "ogg"),
      Map.entry("video/mp4", "mp4"), Map.entry("video/quicktime", "mov"),
      Map.entry("message/rfc822", "eml"), Map.entry("message/global", "eml"),
      Map.entry("message/delivery-status", "txt"), Map.entry("message/disposition-notification", "txt"),
      Map.entry("message/feedback-report", "txt"));

  private FileNames() {
  }

  /// The last segment of what may be a path, without what is invisible or turns the direction of text
  /// (`invoice\u202Efdp.exe`), at most 200 characters with its extension kept; "" if nothing is left.
  public static String clean(String name) {
    String line = CleanText.line(name);
    int slash = Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\'));
    StringBuilder kept = new StringBuilder();
    line.substring(slash + 1).codePoints().filter(FileNames::isVisible).forEach(kept::appendCodePoint);
    String visible = kept.toString().strip();
    int end = visible.length();
    while (end > 0 && (visible.charAt(end - 1) == '.' || visible.charAt(end - 1) == ' ')) {
      end--; // "." and ".." are directories; some systems drop dots at the end
    }
    return shortened(visible.substring(0, end));
  }

  /// A name for a part without one: `attachment-1.pdf`.
  public static String forType(String contentType, int number) {
    return "attachment-" + number + "." + EXTENSIONS.getOrDefault(contentType, "bin");
  }

  /// A name for an attached mail: its subject; "" if it has none.
  static String forSubject(String subject) {
    String stem = clean(subject.replace('/', '-').replace('\\', '-'));
    return stem.isEmpty() ? "" : shortened(stem + ".eml");
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
         Character.PARAGRAPH_SEPARATOR -> false;
      default -> !isBlankLetter(codePoint);
    };
  }

  /// Letters and marks that show nothing: Hangul fillers, the grapheme joiner, variation selectors.
  private static boolean isBlankLetter(int c) {
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x034F
        || c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF;
  }

  private static String shortened(String name) {
    if (name.length() <= MAX_LENGTH) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= MAX_EXTENSION ? name.substring(dot) : "";
    return CleanText.cut(name, MAX_LENGTH - extension.length()) + extension;
  }
}
