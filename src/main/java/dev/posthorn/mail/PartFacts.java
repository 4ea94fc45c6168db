package dev.posthorn.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the header of a part says about its body (RFC 2045, RFC 2183).
///
/// @param contentType lower-case `type/subtype`
/// @param type        the parameters of Content-Type
/// @param disposition lower-case Content-Disposition, or ""
/// @param name        clean file name, or ""
/// @param contentId   without angle brackets
/// @param encoding    Content-Transfer-Encoding as given
record PartFacts(String contentType, Parametrised type, String disposition, String name,
         Optional<String> contentId, String encoding) {

  private static final Pattern TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,63}/[a-z0-9!#$&^_.+-]{1,63}");
  private static final int MAX_BOUNDARY = 1_000;

  /// @param defaultType what a part without Content-Type is
  static PartFacts of(Fields fields, String defaultType) {
    Parametrised type = Parametrised.parse(fields.value("Content-Type"));
    Parametrised disposition = Parametrised.parse(fields.value("Content-Disposition"));
    String name = disposition.parameter("filename").or(() -> type.parameter("name")).map(FileNames::clean).orElse("");
    Optional<String> contentId = fields.first("Content-ID").map(RawField::unfolded)
        .flatMap(MessageId::parse).map(MessageId::value)
        .or(() -> fields.first("Content-ID").map(PartFacts::bareId).filter(id -> !id.isEmpty()));
    return new PartFacts(contentType(type.value(), defaultType, name), type, disposition.value(), name, contentId,
        withoutComment(fields.value("Content-Transfer-Encoding")).replace("\"", "").strip());
  }

  boolean isMultipart() {
    return contentType.startsWith("multipart/");
  }

  /// What follows `multipart/`.
  String subtype() {
    return contentType.substring(contentType.indexOf('/') + 1);
  }

  /// What a part of a container is, which has no header of that kind.
  ///
  /// @param contentType as the container says it, or ""
  /// @param name        as the container says it, or ""
  static PartFacts file(String contentType, String name, Optional<String> contentId) {
    String clean = FileNames.clean(name);
    String type = contentType(contentType.toLowerCase(Locale.ROOT), clean.isEmpty() ? "application/octet-stream" : "", clean);
    return new PartFacts(type.isEmpty() ? "application/octet-stream" : type, Parametrised.parse(""), "attachment", clean, contentId, "");
  }

  boolean isMail() {
    return contentType.equals("message/rfc822") || contentType.equals("message/global")
        || isBytes() && name.toLowerCase(Locale.ROOT).endsWith(".eml");
  }

  /// The container of Outlook (MS-OXTNEF).
  boolean isTnef() {
    return contentType.equals("application/ms-tnef") || contentType.equals("application/vnd.ms-tnef")
        || isBytes() && name.equalsIgnoreCase("winmail.dat");
  }

  /// An envelope of S/MIME (RFC 8551, section 3.2; by its name too, section 3.9), or a signed document.
  boolean isCms() {
    return contentType.equals("application/pkcs7-mime") || contentType.equals("application/x-pkcs7-mime")
        || isBytes() && name.toLowerCase(Locale.ROOT).endsWith(".p7m");
  }

  /// Whether others are inside.
  boolean isEnclosure() {
    return isMail() || isTnef() || isCms();
  }

  /// OpenPGP (RFC 3156, section 4), also where a server has taken the multipart around it apart.
  boolean isPgpEncrypted() {
    return contentType.equals("multipart/encrypted") || contentType.equals("application/pgp-encrypted");
  }

  /// Whether the bytes of the part are not what they mean.
  boolean isEncoded() {
    return encoding.equalsIgnoreCase("base64") || encoding.equalsIgnoreCase("quoted-printable");
  }

  private boolean isBytes() {
    return contentType.equals("application/octet-stream");
  }

  boolean isHtml() {
    return contentType.equals("text/html");
  }

  /// Text that is meant to be read where it stands.
  boolean isBody() {
    return (contentType.equals("text/plain") || isHtml()) && !disposition.equals("attachment");
  }

  Optional<String> boundary() {
    return Optional.ofNullable(type.parameters().get("boundary"))
        .map(String::stripTrailing).filter(b -> !b.isEmpty() && b.length() <= MAX_BOUNDARY);
  }

  String charset() {
    return type.parameter("charset").orElse("");
  }

  /// RFC 3676.
  boolean isFlowed() {
    return !isHtml() && type.parameter("format").filter("flowed"::equalsIgnoreCase).isPresent();
  }

  boolean deletesSpaces() {
    return type.parameter("delsp").filter("yes"::equalsIgnoreCase).isPresent();
  }

  /// What cannot be read as a type is text (RFC 2045, section 5.2), unless it has a name: then it is a file.
  private static String contentType(String value, String defaultType, String name) {
    String type = withoutComment(value).replace(" ", "");
    if (TYPE.matcher(type).matches()) {
      return type;
    }
    return type.isEmpty() || name.isEmpty() ? defaultType : "application/octet-stream";
  }

  private static String withoutComment(String value) {
    int comment = value.indexOf('(');
    return (comment < 0 ? value : value.substring(0, comment)).strip();
  }

  private static String bareId(RawField field) {
    String id = CleanText.line(field.unfolded()).replaceAll("[<>\\s]", "");
    return id.length() <= MessageId.MAX_LENGTH ? id : "";
  }
}
