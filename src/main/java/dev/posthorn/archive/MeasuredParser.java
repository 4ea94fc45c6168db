package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/// Reads JSON element by element, each within a limit of bytes and of values: a million empty objects are few bytes and much memory.
final class MeasuredParser extends JsonParserDelegate {
  private final int maxBytes;
  private final int maxValues;
  private long begin = -1;
  private int values;
  private int depth;
  private boolean tooLarge;

  MeasuredParser(JsonParser json, int maxBytes, int maxValues) {
    super(json);
    this.maxBytes = maxBytes;
    this.maxValues = maxValues;
  }

  /// An element is larger than allowed.
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    private TooLarge(String message) {
      super(message);
    }
  }

  /// From the current token on one element is measured.
  void begins() {
    begin = place();
    values = 0;
    tooLarge = false;
  }

  /// Nothing is measured any more.
  void ends() {
    begin = -1;
  }

  /// What an element came to before something in it that is not measured with it.
  record Pause(long bytes, int values) {}

  Pause pauses() {
    var pause = new Pause(place() - begin, values);
    ends();
    return pause;
  }

  void goesOn(Pause pause) {
    begin = place() - pause.bytes;
    values = pause.values;
  }

  /// Whether the element that was measured last is larger than allowed.
  boolean isTooLarge() {
    return tooLarge;
  }

  /// How many brackets are open.
  int depth() {
    return depth;
  }

  /// Passes over what is left down to this depth.
  void skipTo(int wanted) throws IOException {
    ends();
    while (depth > wanted && nextToken() != null) {
      // token by token
    }
  }

  @Override
  public JsonToken nextToken() throws IOException {
    var token = delegate.nextToken();
    if (token != null) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    if (begin >= 0 && (++values > maxValues || place() - begin > maxBytes)) {
      tooLarge = true;
      throw new TooLarge(values > maxValues ? "It has more than " + maxValues + " values." : "It is longer than " + maxBytes + " bytes.");
    }
    return token;
  }

  /// What is read as text comes by another way past [#nextToken()].
  @Override
  public JsonToken nextValue() throws IOException {
    var token = nextToken();
    return token == JsonToken.FIELD_NAME ? nextToken() : token;
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    if (currentToken() != null && currentToken().isStructStart()) {
      int outside = depth - 1;
      while (depth > outside && nextToken() != null) {
        // each is counted
      }
    }
    return this;
  }

  /// In bytes; in characters, of which there are fewer, where it is neither ASCII nor UTF-8.
  private long place() {
    var location = delegate.currentLocation();
    return Math.max(location.getByteOffset(), location.getCharOffset());
  }
}
