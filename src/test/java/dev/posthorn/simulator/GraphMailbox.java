package dev.posthorn.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// One mailbox of Microsoft 365, as a test sets it up and looks into it.
public final class GraphMailbox {
  /// A mail that left.
  ///
  /// @param files what was uploaded to it, by name
  public record Left(List<String> recipients, byte[] mime, Map<String, byte[]> files) {}

  /// A change in a folder.
  record Change(long number, String folder, String id, boolean created, boolean removed) {}

  static final String INBOX = "inbox-id";
  static final String DRAFTS = "drafts-id";
  static final String SENT = "sent-id";
  static final String BIN = "bin-id";

  final String user;
  final String address;
  final Set<String> mayBeUsedBy = new HashSet<>();
  final AtomicInteger atOnce = new AtomicInteger();
  private final Clock clock;
  private final Map<String, String> folders = new LinkedHashMap<>();
  private final Map<String, GraphItem> items = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Left> left = new CopyOnWriteArrayList<>();
  private final Set<String> sendsAs = new HashSet<>();
  private final Set<String> bouncing = new HashSet<>();
  private final List<GraphItem> late = new ArrayList<>();
  private boolean copiesLate;
  private long clockwork;
  private long ids;

  GraphMailbox(String user, String address, Clock clock) {
    this.user = user;
    this.address = address;
    this.clock = clock;
    folders.put(INBOX, "Inbox");
    folders.put(DRAFTS, "Drafts");
    folders.put(SENT, "Sent Items");
    folders.put(BIN, "Deleted Items");
    sendsAs.add(address.toLowerCase());
  }

  /// Somebody who has full access to it.
  public GraphMailbox sharedWith(String otherUser) {
    mayBeUsedBy.add(otherUser);
    return this;
  }

  /// Another address that it may send from.
  public GraphMailbox sendsAs(String other) {
    sendsAs.add(other.toLowerCase());
    return this;
  }

  /// Takes its right away to send from its own address.
  public void sendsAsNobody() {
    sendsAs.clear();
  }

  /// Mail to this address comes back as a report.
  public void bounces(String recipient) {
    bouncing.add(recipient);
  }

  /// A folder of its own.
  public synchronized void folder(String name) {
    folders.put("folder-" + folders.size(), name);
  }

  /// A mail comes in.
  ///
  /// @return its immutable id
  public synchronized String arrives(byte[] mime) {
    return put(INBOX, mime, false).id;
  }

  /// What the inbox holds: subject of each mail, with `*` before one that is unread.
  public synchronized List<String> inbox() {
    return in("Inbox");
  }

  /// The same of another folder.
  public synchronized List<String> in(String folder) {
    return items.values().stream().filter(item -> !item.hidden && folders.get(item.folder).equals(folder))
        .map(item -> (item.read ? "" : "*") + item.subject()).collect(Collectors.toList());
  }

  /// Somebody else reads it.
  public synchronized void reads(String id) {
    items.get(id).read = true;
    note(items.get(id), false, false);
  }

  /// Somebody else moves it to a folder.
  public synchronized void moves(String id, String folder) {
    move(items.get(id), folderNamed(folder).orElseThrow());
  }

  /// Somebody else deletes it for good.
  public synchronized void destroys(String id) {
    note(items.remove(id), false, true);
  }

  /// Everything that left it.
  public List<Left> left() {
    return List.copyOf(left);
  }

  /// From now on what is sent is nowhere to be seen until [#copiesAppear].
  public synchronized void keepsCopiesBack() {
    copiesLate = true;
  }

  /// The copies that were kept back appear.
  public synchronized void copiesAppear() {
    late.forEach(item -> item.hidden = false);
    late.clear();
    copiesLate = false;
  }

  synchronized GraphItem put(String folder, byte[] mime, boolean draft) {
    var item = new GraphItem("AAkALg-" + user + "-" + ++ids + "=", folder, mime, clock.instant(), draft);
    items.put(item.id, item);
    note(item, true, false);
    return item;
  }

  synchronized Optional<GraphItem> item(String id) {
    return Optional.ofNullable(items.get(id)).filter(item -> !item.hidden);
  }

  synchronized List<GraphItem> withMessageId(String messageId) {
    return items.values().stream().filter(item -> !item.hidden && item.messageId().equals(messageId)).toList();
  }

  synchronized void read(GraphItem item, boolean read) {
    if (item.read != read) {
      item.read = read;
      note(item, false, false);
    }
  }

  synchronized void move(GraphItem item, String folder) {
    if (!item.folder.equals(folder)) {
      note(item, false, true);
      item.folder = folder;
      note(item, true, false);
    }
  }

  synchronized boolean maySendFrom(String from) {
    return sendsAs.contains(from.toLowerCase());
  }

  /// @param lost whether the mail is accepted and never seen again
  synchronized void send(GraphItem item, boolean lost) {
    var files = new LinkedHashMap<String, byte[]>();
    item.files.forEach(file -> files.put(file.name(), file.bytes()));
    if (!lost) {
      left.add(new Left(item.recipients(), item.leaving(), files));
    }
    item.draft = false;
    item.read = true;
    move(item, SENT);
    if (copiesLate) {
      item.hidden = true;
      late.add(item);
    }
    item.recipients().stream().filter(bouncing::contains).forEach(recipient -> arrives(report(item, recipient)));
  }

  private byte[] report(GraphItem item, String recipient) {
    return ("From: Microsoft Outlook <postmaster@acme.example>\r\nTo: " + address + "\r\nSubject: Undeliverable: " + item.subject()
        + "\r\nMessage-ID: <report-" + ids + "@acme.example>\r\nIn-Reply-To: " + item.messageId() + "\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"rrr\"\r\n\r\n--rrr\r\nContent-Type: text/plain\r\n\r\n"
        + "It could not be delivered.\r\n--rrr\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;exchange.example\r\n\r\n"
        + "Final-Recipient: rfc822;" + recipient + "\r\nAction: failed\r\nStatus: 5.1.10\r\n\r\n--rrr\r\nContent-Type: message/rfc822\r\n\r\n"
        + new String(item.leaving(), StandardCharsets.ISO_8859_1) + "\r\n--rrr--\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  synchronized Optional<String> folderNamed(String name) {
    return folders.entrySet().stream().filter(folder -> folder.getValue().equals(name)).map(Map.Entry::getKey).findFirst();
  }

  /// By its id, or by the name that Graph gives it in every language.
  synchronized Optional<String> folderAt(String path) {
    return Optional.ofNullable(switch (path) {
      case "inbox" -> INBOX;
      case "drafts" -> DRAFTS;
      case "sentitems" -> SENT;
      case "deleteditems" -> BIN;
      default -> folders.containsKey(path) ? path : null;
    });
  }

  synchronized List<String> idsIn(String folder) {
    return items.values().stream().filter(item -> item.folder.equals(folder) && !item.hidden).map(item -> item.id).toList();
  }

  synchronized long now() {
    return clockwork;
  }

  /// What happened in the folder since then; of an item the last thing alone, unless it came and went.
  synchronized List<Change> since(long number, String folder) {
    var last = new LinkedHashMap<String, Change>();
    changes.stream().filter(change -> change.number > number && change.folder.equals(folder)).forEach(change -> {
      var before = last.get(change.id);
      last.put(change.id, before == null || change.removed ? change
          : new Change(change.number, change.folder, change.id, change.created || before.created, false));
    });
    return List.copyOf(last.values());
  }

  private void note(GraphItem item, boolean created, boolean removed) {
    changes.add(new Change(++clockwork, item.folder, item.id, created, removed));
  }
}
