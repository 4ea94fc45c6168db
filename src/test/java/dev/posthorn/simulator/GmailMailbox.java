package dev.posthorn.simulator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One mailbox of Gmail, as a test sets it up and looks into it.
public final class GmailMailbox {
  /// A mail that left.
  public record Left(List<String> recipients, byte[] mime, String threadId) {}

  /// One message.
  static final class Item {
    final String id;
    final String threadId;
    final byte[] mime;
    final long receivedAt;
    final Set<String> labels;

    Item(String id, String threadId, byte[] mime, long receivedAt, Set<String> labels) {
      this.id = id;
      this.threadId = threadId;
      this.mime = mime;
      this.receivedAt = receivedAt;
      this.labels = new LinkedHashSet<>(labels);
    }

    String header(String name) {
      var text = new String(mime, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      var found = Pattern.compile("^" + name + ":[ \t]*(.*(?:\r\n[ \t].*)*)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
          .matcher(end < 0 ? text : text.substring(0, end + 2));
      return found.find() ? found.group(1).replaceAll("\r\n[ \t]+", " ").strip() : "";
    }
  }

  /// A message came.
  record Added(long history, String id) {}

  private static final Pattern ADDRESS = Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]+@[\\w.-]+");

  final String address;
  private final Clock clock;
  private final Map<String, Item> items = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final List<Added> history = new ArrayList<>();
  private final List<Left> left = new CopyOnWriteArrayList<>();
  private long now = 1000;
  private long oldest;
  private long ids = 0x18f0_0000_0000_0000L;

  GmailMailbox(String address, Clock clock) {
    this.address = address;
    this.clock = clock;
    for (var label : List.of("INBOX", "SENT", "UNREAD", "TRASH")) {
      labels.put(label, label);
    }
  }

  /// A label of its own.
  public synchronized void label(String name) {
    labels.put("Label_" + labels.size(), name);
  }

  /// A mail comes in.
  ///
  /// @return its id
  public synchronized String arrives(byte[] mime) {
    return put(mime, Optional.empty(), Set.of("INBOX", "UNREAD")).id;
  }

  /// What the inbox holds: subject of each mail, with `*` before one that is unread.
  public synchronized List<String> inbox() {
    return in("INBOX");
  }

  /// The same of another label.
  public synchronized List<String> in(String name) {
    var id = labelNamed(name).orElseThrow();
    return items.values().stream().filter(item -> item.labels.contains(id))
        .map(item -> (item.labels.contains("UNREAD") ? "*" : "") + item.header("Subject")).collect(Collectors.toList());
  }

  /// Somebody else reads it.
  public synchronized void reads(String id) {
    items.get(id).labels.remove("UNREAD");
  }

  /// Somebody else deletes it for good; the history still names it.
  public synchronized void destroys(String id) {
    items.remove(id);
  }

  /// What happened before now is not known any more.
  public synchronized void forgetHistory() {
    oldest = now;
  }

  /// Everything that left it.
  public List<Left> left() {
    return List.copyOf(left);
  }

  synchronized Item put(byte[] mime, Optional<String> thread, Set<String> under) {
    var id = Long.toHexString(ids++);
    var item = new Item(id, thread.orElse(id), mime, clock.millis(), under);
    items.put(id, item);
    history.add(new Added(++now, id));
    return item;
  }

  synchronized Item send(byte[] mime, Optional<String> thread) {
    var item = put(mime, thread.filter(known -> items.values().stream().anyMatch(other -> other.threadId.equals(known))), Set.of("SENT"));
    var recipients = new LinkedHashSet<String>();
    for (var field : List.of("To", "Cc", "Bcc")) {
      ADDRESS.matcher(item.header(field)).results().forEach(found -> recipients.add(found.group()));
    }
    var text = new String(mime, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n") + 2;
    var seen = text.substring(0, end).replaceAll("(?mi)^bcc:.*\r\n([ \t].*\r\n)*", "") + text.substring(end);
    left.add(new Left(List.copyOf(recipients), seen.getBytes(StandardCharsets.ISO_8859_1), item.threadId));
    return item;
  }

  synchronized Optional<Item> item(String id) {
    return Optional.ofNullable(items.get(id));
  }

  /// The newest first.
  synchronized List<Item> list(Set<String> under, String query) {
    return new ArrayList<>(items.values()).reversed().stream().filter(item -> item.labels.containsAll(under)).filter(item -> matches(item, query)).toList();
  }

  private static boolean matches(Item item, String query) {
    for (var word : query.strip().split("\\s+")) {
      boolean fits = word.isEmpty()
          || word.startsWith("after:") && item.receivedAt >= Long.parseLong(word.substring(6)) * 1000
          || word.equals("is:unread") && item.labels.contains("UNREAD")
          || word.startsWith("rfc822msgid:") && item.header("Message-ID").equals("<" + word.substring(12) + ">");
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  synchronized BigInteger history() {
    return BigInteger.valueOf(now);
  }

  /// @return nothing where that is too long ago
  synchronized Optional<List<Added>> since(long start) {
    return start < oldest ? Optional.empty() : Optional.of(history.stream().filter(added -> added.history > start).toList());
  }

  synchronized Optional<String> labelNamed(String name) {
    return labels.entrySet().stream().filter(label -> label.getValue().equals(name)).map(Map.Entry::getKey).findFirst();
  }

  synchronized List<Map<String, String>> labels() {
    return labels.entrySet().stream().map(label -> Map.of("id", label.getKey(), "name", label.getValue())).toList();
  }

  synchronized void change(Item item, List<String> add, List<String> remove) {
    item.labels.addAll(add);
    remove.forEach(item.labels::remove);
  }
}
