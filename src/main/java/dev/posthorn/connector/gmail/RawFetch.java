package dev.posthorn.connector.gmail;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.api.client.http.HttpResponse;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.PulledMail.Content;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// Fetches a mail as it is. Gmail puts it as base64 into JSON: it is decoded while it comes, so that of a large mail little is in
/// memory.
final class RawFetch {
  private static final int UNITS = 5;
  private static final JsonFactory JSON = new JsonFactory();
  /// Of the URL's alphabet (RFC 4648, section 5), with or without padding: Gmail writes it, and others like it do not.
  private static final Base64Variant BASE64 = new Base64Variant("MAYBE-PADDED",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", true, '=', Integer.MAX_VALUE)
      .withReadPadding(Base64Variant.PaddingReadBehaviour.PADDING_ALLOWED);

  private final GmailLine line;

  RawFetch(GmailLine line) {
    this.line = line;
  }

  /// What came.
  ///
  /// @param receivedAt the epoch where Gmail did not say it
  /// @param thread what Gmail calls its conversation; "" where it did not say it
  record Got(Content content, Instant receivedAt, Set<String> labels, String thread) {}

  /// @throws ApiTrouble also where it is there no more
  Got fetch(String id) throws ApiTrouble {
    return line.stream(UNITS, users -> users.messages().get(GmailLine.ME, id).setFormat("raw"), this::read);
  }

  private Got read(HttpResponse answer) throws IOException {
    long most = line.door().mailBytes();
    try (var spool = new Spool(most, line.door().memoryBytes()); var in = answer.getContent(); var json = JSON.createParser(in)) {
      var bytes = new Bounded(spool, most);
      var receivedAt = Instant.EPOCH;
      var labels = new HashSet<String>();
      var thread = "";
      demand(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        json.nextToken();
        switch (name) {
          case "raw" -> json.readBinaryValue(BASE64, bytes);
          case "internalDate" -> receivedAt = Instant.ofEpochMilli(json.getValueAsLong());
          case "labelIds" -> labels(json, labels);
          case "threadId" -> thread = json.getText();
          default -> json.skipChildren();
        }
      }
      demand(json.currentToken() == JsonToken.END_OBJECT && bytes.count > 0);
      RawMail mail = spool.toRawMail();
      return new Got(bytes.count > most ? new Content.TooLarge(bytes.count, mail) : new Content.Whole(mail), receivedAt, labels, thread);
    } catch (IllegalArgumentException e) {
      throw new IOException("the mail came damaged", e);
    }
  }

  private static void labels(JsonParser json, Set<String> labels) throws IOException {
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      labels.add(json.getText());
    }
  }

  private static void demand(boolean whole) throws IOException {
    if (!whole) {
      throw new IOException("the mail came cut off");
    }
  }

  /// Keeps so much, and counts the rest.
  private static final class Bounded extends OutputStream {
    private final OutputStream out;
    private final long most;
    private long count;

    Bounded(OutputStream out, long most) {
      this.out = out;
      this.most = most;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      out.write(octets, from, (int) Math.max(0, Math.min(length, most - count)));
      count += length;
    }
  }
}
