package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HexFormat;

/// Strong entity tags (RFC 9110, section 8.8.3): a hash of the representation itself, before any content coding, so that a
/// tag changes exactly when what the client sees changes, and needs no column of its own.
@ApplicationScoped
class ETags {
  /// 128 bits: nobody meets two representations with one tag by accident.
  private static final int BYTES = 16;

  private final ObjectMapper json;

  ETags(ObjectMapper json) {
    this.json = json;
  }

  /// The bytes that the client gets.
  byte[] representation(Object view) {
    try {
      return json.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A view cannot be written as JSON", e);
    }
  }

  String of(byte[] representation) {
    return '"' + HexFormat.of().formatHex(Arrays.copyOf(Hash.sha256(representation), BYTES)) + '"';
  }

  /// Whether a header's list of tags (`*`, or `"a", W/"b"`) names this one.
  ///
  /// @param weak whether `W/"a"` means `"a"`: yes for If-None-Match, no for If-Match (RFC 9110, section 13.1)
  static boolean names(String header, String tag, boolean weak) {
    for (var part : header.split(",")) {
      var word = part.strip();
      if (word.equals("*") || word.equals(tag) || weak && word.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
