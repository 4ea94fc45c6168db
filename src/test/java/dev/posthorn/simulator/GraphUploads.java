package dev.posthorn.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The other host, where large files are uploaded to: who knows the address may, and nobody shows a token.
public final class GraphUploads extends Realm {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
  private static final int LARGEST_PIECE = 4 << 20;

  private static final class Session {
    final GraphItem draft;
    final String name;
    final String contentType;
    final boolean inline;
    final byte[] bytes;
    int next;

    Session(GraphItem draft, String name, String contentType, boolean inline, int size) {
      this.draft = draft;
      this.name = name;
      this.contentType = contentType;
      this.inline = inline;
      bytes = new byte[size];
    }
  }

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  GraphUploads() {
    super("outlook");
  }

  /// Every session that is open is one no more.
  public void expire() {
    sessions.clear();
  }

  String open(GraphItem draft, String name, String contentType, boolean inline, int size) {
    var token = IssuedTokens.random();
    sessions.put(token, new Session(draft, name, contentType, inline, size));
    return url() + "/api/v2.0/upload?authtoken=" + token;
  }

  @Override
  protected Optional<Reply> answer(Call call) {
    if (!call.path().equals("/api/v2.0/upload")) {
      return Optional.empty();
    }
    if (call.header("Authorization").isPresent()) {
      complain("a token was shown where a file is uploaded to");
    }
    var token = call.query("authtoken").orElse("");
    var session = sessions.get(token);
    if (session == null) {
      return Optional.of(GraphRealm.error(404, "ErrorItemNotFound", "The upload session was not found."));
    }
    return Optional.of(switch (call.method()) {
      case "GET" -> expected(200, session);
      case "PUT" -> put(call, token, session);
      default -> GraphRealm.error(405, "MethodNotAllowed", "");
    });
  }

  private synchronized Reply put(Call call, String token, Session session) {
    var range = RANGE.matcher(call.header("Content-Range").orElse(""));
    if (!range.matches() || Integer.parseInt(range.group(3)) != session.bytes.length
        || Integer.parseInt(range.group(2)) - Integer.parseInt(range.group(1)) + 1 != call.body().length) {
      complain("a piece with a wrong Content-Range: " + call.header("Content-Range"));
      return GraphRealm.error(400, "InvalidContentRange", "");
    }
    if (call.body().length > LARGEST_PIECE) {
      complain("a piece of " + call.body().length + " bytes");
      return GraphRealm.error(413, "RequestEntityTooLarge", "");
    }
    int from = Integer.parseInt(range.group(1));
    if (from != session.next) {
      return GraphRealm.error(416, "InvalidRange", "The piece does not begin where the last one ended.");
    }
    System.arraycopy(call.body(), 0, session.bytes, from, call.body().length);
    session.next += call.body().length;
    if (session.next < session.bytes.length) {
      return expected(200, session);
    }
    sessions.remove(token);
    session.draft.files.add(new GraphItem.File(session.name, session.contentType, session.inline, session.bytes));
    return Reply.empty(201).with("Location", url() + "/api/v2.0/attachments/" + session.draft.files.size());
  }

  private static Reply expected(int status, Session session) {
    return Reply.json(status, Map.of("nextExpectedRanges", List.of(session.next + "-")));
  }
}
