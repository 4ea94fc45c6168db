package dev.posthorn.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The Gmail API, as far as mail goes. Strict with its caller: the right token on every call, and no more units than were granted.
public final class GmailRealm extends Realm {
  private static final String ME = "/gmail/v1/users/me/";
  private static final int LARGEST_RAW = 5 << 20;

  private final Map<String, GmailMailbox> mailboxes = new ConcurrentHashMap<>();
  private final Map<String, String> watches = new ConcurrentHashMap<>();
  private final AtomicInteger units = new AtomicInteger();

  public GmailRealm() {
    super("gmail");
  }

  /// The realm in this simulator, with the other path for uploads.
  public static GmailRealm in(Simulator simulator) {
    var realm = simulator.add(new GmailRealm());
    simulator.add(new Uploads(realm));
    return realm;
  }

  /// Google takes uploads below `/upload/`, whatever is before the path of the service.
  private static final class Uploads extends Realm {
    private final GmailRealm gmail;

    Uploads(GmailRealm gmail) {
      super("upload");
      this.gmail = gmail;
    }

    @Override
    protected Optional<Reply> answer(Call call) {
      return gmail.answer(new Call(call.method(), "/upload" + call.path(), call.rawQuery(), call.headers(), call.body(), call.origin()));
    }
  }

  /// A mailbox.
  public GmailMailbox mailbox(String address) {
    var mailbox = new GmailMailbox(address, simulator().clock());
    mailboxes.put(address, mailbox);
    return mailbox;
  }

  /// The topic to which new mail of the mailbox is announced, if it is.
  public Optional<String> watch(String address) {
    return Optional.ofNullable(watches.get(address));
  }

  /// Units that were spent so far.
  public int units() {
    return units.get();
  }

  /// An error as Google says it.
  public static Reply error(int status, String reason, String message) {
    return Reply.json(status, Map.of("error", Map.of("code", status, "message", message, "status", reason.toUpperCase(),
        "errors", List.of(Map.of("message", message, "domain", "global", "reason", reason)))));
  }

  @Override
  protected Optional<Reply> answer(Call call) {
    var token = call.bearer().flatMap(simulator().tokens()::find);
    if (token.isEmpty()) {
      return Optional.of(error(401, "authError", "Request had invalid authentication credentials."));
    }
    if (!token.get().audience().equals(url())) {
      complain("a token for " + token.get().audience() + " was shown to Gmail");
      return Optional.of(error(401, "authError", "Invalid audience."));
    }
    var mailbox = mailboxes.get(token.get().user().orElse(""));
    if (mailbox == null) {
      return Optional.of(error(403, "forbidden", "Delegation denied."));
    }
    boolean upload = call.path().startsWith("/upload" + ME);
    var path = upload ? call.path().substring("/upload".length()) : call.path();
    if (!path.startsWith(ME)) {
      return Optional.empty();
    }
    return answer(call, mailbox, call.method() + " " + path.substring(ME.length()), upload);
  }

  private Optional<Reply> answer(Call call, GmailMailbox mailbox, String what, boolean upload) {
    return switch (what) {
      case "GET profile" -> spent(1, Reply.json(200, Map.of("emailAddress", mailbox.address, "historyId", mailbox.history().toString())));
      case "GET labels" -> spent(1, Reply.json(200, Map.of("labels", mailbox.labels())));
      case "GET messages" -> spent(5, list(call, mailbox));
      case "GET history" -> spent(2, history(call, mailbox));
      case "POST watch" -> spent(100, watch(call.json(), mailbox));
      case "POST messages/batchModify" -> spent(50, modify(call.json(), mailbox));
      case "POST messages/send" -> spent(100, upload ? upload(call, mailbox) : send(call.json(), mailbox));
      default -> message(what, mailbox);
    };
  }

  private Optional<Reply> spent(int cost, Reply reply) {
    units.addAndGet(cost);
    return Optional.of(reply);
  }

  private Optional<Reply> message(String what, GmailMailbox mailbox) {
    var parts = what.split("[ /]");
    if (parts.length < 3 || !parts[1].equals("messages")) {
      return Optional.empty();
    }
    var item = mailbox.item(parts[2]);
    if (item.isEmpty()) {
      return spent(5, error(404, "notFound", "Requested entity was not found."));
    }
    if (parts.length == 3 && parts[0].equals("GET")) {
      return spent(5, raw(item.get(), mailbox));
    }
    if (parts.length == 4 && parts[3].equals("trash")) {
      mailbox.change(item.get(), List.of("TRASH"), List.of("INBOX"));
      return spent(5, Reply.json(200, Map.of("id", item.get().id)));
    }
    return Optional.empty();
  }

  private static Reply raw(GmailMailbox.Item item, GmailMailbox mailbox) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", item.id);
    json.put("threadId", item.threadId);
    json.put("labelIds", item.labels);
    json.put("snippet", "…");
    json.put("raw", Base64.getUrlEncoder().encodeToString(item.mime));
    json.put("sizeEstimate", item.mime.length);
    json.put("historyId", mailbox.history().toString());
    json.put("internalDate", String.valueOf(item.receivedAt));
    return Reply.json(200, json);
  }

  private static Reply list(Call call, GmailMailbox mailbox) {
    var all = mailbox.list(Set.copyOf(parameters(call, "labelIds")), call.query("q").orElse(""));
    int from = call.query("pageToken").map(Integer::parseInt).orElse(0);
    int to = Math.min(all.size(), from + Math.min(500, call.query("maxResults").map(Integer::parseInt).orElse(100)));
    var json = new LinkedHashMap<String, Object>();
    if (to > from) {
      json.put("messages", all.subList(from, to).stream().map(item -> Map.of("id", item.id, "threadId", item.threadId)).toList());
    }
    if (to < all.size()) {
      json.put("nextPageToken", String.valueOf(to));
    }
    json.put("resultSizeEstimate", all.size());
    return Reply.json(200, json);
  }

  private static List<String> parameters(Call call, String name) {
    var found = new ArrayList<String>();
    for (var pair : call.rawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        found.add(pair.substring(name.length() + 1));
      }
    }
    return found;
  }

  private static Reply history(Call call, GmailMailbox mailbox) {
    var since = mailbox.since(Long.parseLong(call.query("startHistoryId").orElseThrow()));
    if (since.isEmpty()) {
      return error(404, "notFound", "Requested entity was not found.");
    }
    var label = call.query("labelId").orElse("INBOX");
    // What is gone stands there all the same.
    var added = since.get().stream().filter(one -> mailbox.item(one.id()).map(item -> item.labels.contains(label)).orElse(true)).toList();
    int from = call.query("pageToken").map(Integer::parseInt).orElse(0);
    int to = Math.min(added.size(), from + 4);
    var json = new LinkedHashMap<String, Object>();
    if (to > from) {
      json.put("history", added.subList(from, to).stream().map(one -> Map.of("id", String.valueOf(one.history()), "messagesAdded",
          List.of(Map.of("message", Map.of("id", one.id(), "threadId", one.id(),
              "labelIds", mailbox.item(one.id()).map(item -> (Object) item.labels).orElse(List.of("INBOX", "UNREAD"))))))).toList());
    }
    if (to < added.size()) {
      json.put("nextPageToken", String.valueOf(to));
    }
    json.put("historyId", mailbox.history().toString());
    return Reply.json(200, json);
  }

  private Reply watch(JsonNode wanted, GmailMailbox mailbox) {
    if (!wanted.path("topicName").asText().matches("projects/[^/]+/topics/[^/]+")) {
      return error(400, "invalidArgument", "Invalid topicName.");
    }
    watches.put(mailbox.address, wanted.path("topicName").asText());
    return Reply.json(200, Map.of("historyId", mailbox.history().toString(),
        "expiration", String.valueOf(simulator().clock().instant().plus(Duration.ofDays(7)).toEpochMilli())));
  }

  private Reply modify(JsonNode wanted, GmailMailbox mailbox) {
    var add = new ArrayList<String>();
    wanted.path("addLabelIds").forEach(label -> add.add(label.asText()));
    var remove = new ArrayList<String>();
    wanted.path("removeLabelIds").forEach(label -> remove.add(label.asText()));
    if (wanted.path("ids").isEmpty() || wanted.path("ids").size() > 1000 || add.isEmpty() && remove.isEmpty()) {
      complain("a batch of " + wanted.path("ids").size() + " that changes nothing, or too much");
      return error(400, "invalidArgument", "No label add or removes specified.");
    }
    wanted.path("ids").forEach(id -> mailbox.item(id.asText()).ifPresent(item -> mailbox.change(item, add, remove)));
    return Reply.empty(204);
  }

  private Reply send(JsonNode wanted, GmailMailbox mailbox) {
    if (wanted.toString().length() > LARGEST_RAW) {
      return error(413, "uploadTooLarge", "Request payload size exceeds the limit.");
    }
    return sent(Base64.getUrlDecoder().decode(wanted.path("raw").asText()), wanted.path("threadId").asText(""), mailbox);
  }

  /// `multipart/related`: what is said of the mail as JSON, then the mail.
  private Reply upload(Call call, GmailMailbox mailbox) {
    var type = call.header("Content-Type").orElse("");
    if (!call.query("uploadType").equals(Optional.of("multipart")) || !type.startsWith("multipart/related")) {
      complain("an upload of " + call.query("uploadType") + " as " + type);
      return error(400, "badContent", "");
    }
    var boundary = "--" + type.replaceAll(".*boundary=\"?([^\";]+).*", "$1");
    var body = new String(call.body(), StandardCharsets.ISO_8859_1);
    int second = body.indexOf(boundary, boundary.length());
    var first = body.substring(body.indexOf("\r\n\r\n") + 4, second).strip();
    int mail = body.indexOf("\r\n\r\n", second) + 4;
    var bytes = body.substring(mail, body.indexOf("\r\n" + boundary, mail)).getBytes(StandardCharsets.ISO_8859_1);
    try {
      return sent(bytes, Call.JSON.readTree(first).path("threadId").asText(""), mailbox);
    } catch (IOException e) {
      return error(400, "parseError", "");
    }
  }

  private static Reply sent(byte[] mime, String thread, GmailMailbox mailbox) {
    if (mime.length == 0) {
      return error(400, "invalidArgument", "'raw' RFC822 payload message string or uploading message via /upload/* URL required");
    }
    var item = mailbox.send(mime, Optional.of(thread).filter(name -> !name.isEmpty()));
    return Reply.json(200, Map.of("id", item.id, "threadId", item.threadId, "labelIds", List.of("SENT")));
  }
}
