package dev.posthorn.mail;

import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A file that goes with a mail.
///
/// @param name        file name, cleaned; "" becomes `attachment-1.…` when composed
/// @param contentType `type/subtype`; anything else becomes `application/octet-stream`
/// @param contentId   for an image that the HTML shows as `cid:…`, without angle brackets
/// @param content     opens the bytes; called once or twice while composing
public record DraftPart(String name, String contentType, Optional<String> contentId, Supplier<InputStream> content) {

  private static final Pattern TYPE = Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,63}/[a-zA-Z0-9!#$&^_.+-]{1,63}");

  /// @throws IllegalArgumentException if the content id could not stand in a header
  public DraftPart {
    name = FileNames.clean(name);
    contentType = TYPE.matcher(contentType).matches() && !contentType.startsWith("multipart/")
        ? contentType : "application/octet-stream";
    contentId.ifPresent(MessageId::new);
    Objects.requireNonNull(content);
  }

  /// A file.
  public static DraftPart attachment(String name, String contentType, Supplier<InputStream> content) {
    return new DraftPart(name, contentType, Optional.empty(), content);
  }

  /// An image inside the HTML.
  public static DraftPart inline(String contentId, String name, String contentType, Supplier<InputStream> content) {
    return new DraftPart(name, contentType, Optional.of(contentId), content);
  }

  @Override
  public String toString() {
    return "DraftPart[" + contentType + "]";
  }
}
