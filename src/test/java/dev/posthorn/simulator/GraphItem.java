package dev.posthorn.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One message in a mailbox of Graph. Its header is read with little wit: it is there for mails that tests write.
final class GraphItem {
  /// A file of a draft that was made without it.
  record File(String name, String contentType, boolean inline, byte[] bytes) {}

  private static final Pattern ADDRESS = Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]+@[\\w.-]+");

  final String id;
  final byte[] mime;
  final Instant receivedAt;
  final boolean wasDraft;
  final List<File> files = new ArrayList<>();
  String folder;
  boolean read;
  boolean draft;
  boolean hidden;
  List<String> to;
  List<String> cc;
  List<String> bcc;
  private boolean rewritten;

  GraphItem(String id, String folder, byte[] mime, Instant receivedAt, boolean draft) {
    this.id = id;
    this.folder = folder;
    this.mime = mime;
    this.receivedAt = receivedAt;
    this.draft = draft;
    this.wasDraft = draft;
    to = addresses("To");
    cc = addresses("Cc");
    bcc = addresses("Bcc");
  }

  void recipients(List<String> newTo, List<String> newCc, List<String> newBcc) {
    rewritten = !newTo.equals(to) || !newCc.equals(cc) || !bcc.isEmpty();
    to = newTo;
    cc = newCc;
    bcc = newBcc;
  }

  List<String> recipients() {
    return List.of(to, cc, bcc).stream().flatMap(List::stream).distinct().toList();
  }

  String from() {
    return addresses("From").stream().findFirst().orElse("");
  }

  String messageId() {
    return header("Message-ID");
  }

  String subject() {
    return header("Subject");
  }

  /// The bytes that recipients get: nobody who is hidden is named.
  byte[] leaving() {
    if (!rewritten && bcc.isEmpty()) {
      return mime;
    }
    var text = new String(mime, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    var kept = text.substring(0, end + 2).replaceAll("(?mi)^(to|cc|bcc):.*\r\n([ \t].*\r\n)*", "");
    var named = (to.isEmpty() ? "" : "To: " + String.join(", ", to) + "\r\n") + (cc.isEmpty() ? "" : "Cc: " + String.join(", ", cc) + "\r\n");
    var same = !rewritten ? text.substring(0, end + 2).replaceAll("(?mi)^bcc:.*\r\n([ \t].*\r\n)*", "") : kept + named;
    return (same + text.substring(end + 2)).getBytes(StandardCharsets.ISO_8859_1);
  }

  String header(String name) {
    var text = new String(mime, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    var found = Pattern.compile("^" + name + ":[ \t]*(.*(?:\r\n[ \t].*)*)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
        .matcher(end < 0 ? text : text.substring(0, end + 2));
    return found.find() ? found.group(1).replaceAll("\r\n[ \t]+", " ").strip() : "";
  }

  private List<String> addresses(String field) {
    return ADDRESS.matcher(header(field)).results().map(found -> found.group()).collect(Collectors.toList());
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("@odata.etag", "W/\"" + id + read + draft + "\"");
    json.put("id", id);
    json.put("receivedDateTime", receivedAt.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("isRead", read);
    json.put("isDraft", draft);
    json.put("parentFolderId", folder);
    json.put("subject", subject());
    json.put("internetMessageId", messageId());
    json.put("conversationId", "conversation-" + subject().replaceAll("(?i)^(re|aw|fwd?):\\s*", "").hashCode());
    return json;
  }
}
