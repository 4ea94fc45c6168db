package dev.posthorn.connector.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.LetGo;
import dev.posthorn.connector.RequestGate;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/// What is asked of one mailbox, in its manners: through the gate, with a fresh token after a 401, again after a pause. Safe for
/// use by many threads.
final class GraphLine {
  /// Ids that stay what they are when a mail is moved; asked for in every request, since one without would mix two kinds.
  private static final String IMMUTABLE = "IdType=\"ImmutableId\"";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAULT_BYTES = 65_536;

  private final GraphDoor door;
  private final String user;
  private final AccessTokens tokens;
  private final RequestGate gate;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final LetGo letGo = new LetGo();

  GraphLine(GraphDoor door, String user, AccessTokens tokens) {
    this.door = door;
    this.user = user;
    this.tokens = tokens;
    this.gate = door.gate(user);
  }

  /// What is done with an answer that is good.
  interface Heard<T> {
    T hear(Response response) throws IOException;
  }

  GraphDoor door() {
    return door;
  }

  RequestGate gate() {
    return gate;
  }

  /// The answer as JSON; missing where it has no body.
  JsonNode ask(Ask ask) throws ApiTrouble {
    return ask(ask, response -> json(bounded(response, door.config().answerBytes())));
  }

  /// The answer to a link that Graph gave.
  JsonNode follow(String link) throws ApiTrouble {
    try {
      var uri = new URI(link);
      if (door.isOurs(uri)) {
        return ask(Ask.link(uri).with("Prefer", page()));
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw GraphAnswers.trouble(410, "", "the link does not lead to Graph", Optional.empty());
  }

  /// How many items a page has.
  String page() {
    return "odata.maxpagesize=" + door.config().pageMails();
  }

  <T> T ask(Ask ask, Heard<T> heard) throws ApiTrouble {
    var patience = new Patience(door.config().waitAtMost());
    boolean otherToken = false;
    boolean otherLine = false;
    while (true) {
      var token = tokens.demanded();
      gate.closedFor().ifPresent(patience::owe);
      patience.pay();
      try {
        return once(ask, token, heard);
      } catch (ApiTrouble trouble) {
        if (trouble.refusesToken() && !otherToken) {
          tokens.refused(token);
          otherToken = true;
        } else if (trouble.asksForPause()) {
          var pause = gate.refused(trouble.after());
          if (!trouble.isThrottling() && !ask.again() || !patience.allows(pause)) {
            throw trouble.after(pause);
          }
        } else if (trouble.leavesDoubt() && ask.again() && !otherLine && !isClosed()) {
          // A connection that was good a while ago may have died unheard.
          otherLine = true;
        } else {
          throw trouble;
        }
      }
    }
  }

  /// The pauses of one request.
  private final class Patience {
    private Duration left;
    private Duration owed = Duration.ZERO;

    Patience(Duration left) {
      this.left = left;
    }

    boolean allows(Duration pause) {
      return pause.compareTo(left) <= 0;
    }

    void owe(Duration pause) {
      owed = pause;
    }

    void pay() throws ApiTrouble {
      if (owed.isZero()) {
        return;
      }
      if (!allows(owed)) {
        throw ApiTrouble.pause("Graph asked for a pause", owed);
      }
      left = left.minus(owed);
      pause(owed);
      owed = Duration.ZERO;
    }
  }

  /// Waits, unless the line is let go meanwhile.
  void pause(Duration time) throws ApiTrouble {
    letGo.pause(time);
  }

  private <T> T once(Ask ask, AccessToken token, Heard<T> heard) throws ApiTrouble {
    var request = ask.signed(door.graph(), user, token.authorization());
    request.headers.add("Prefer", IMMUTABLE);
    Request plain = door.requests().convertToNativeRequest(request);
    return exchange(plain, heard);
  }

  /// One request, as it is, to whatever host, in its place before the mailbox's gate.
  <T> T exchange(Request request, Heard<T> heard) throws ApiTrouble {
    boolean entered = false;
    Call call = null;
    try {
      entered = gate.enter(door.config().exchangeTimeout());
      if (!entered) {
        throw ApiTrouble.pause("Graph asked for a pause", door.config().firstPause());
      }
      call = door.http().newCall(request);
      calls.add(call);
      if (isClosed()) {
        throw ApiTrouble.closed();
      }
      try (var response = call.execute()) {
        if (!response.isSuccessful()) {
          throw fault(response);
        }
        var answer = heard.hear(response);
        gate.served();
        return answer;
      }
    } catch (IOException e) {
      throw isClosed() ? ApiTrouble.closed() : ApiTrouble.line(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiTrouble.closed();
    } finally {
      if (call != null) {
        calls.remove(call);
      }
      if (entered) {
        gate.leave();
      }
    }
  }

  private static ApiTrouble fault(Response response) throws IOException {
    JsonNode error;
    try {
      error = json(bounded(response, FAULT_BYTES)).path("error");
    } catch (IOException e) {
      // Something before Graph answered in its own words.
      error = MissingNode.getInstance();
    }
    return GraphAnswers.trouble(response.code(), error.path("code").asText(""), error.path("message").asText(""), after(response));
  }

  private static Optional<Duration> after(Response response) {
    var seconds = response.header("Retry-After", "");
    return seconds.matches("\\d{1,6}") ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds))) : Optional.empty();
  }

  private static JsonNode json(byte[] body) throws IOException {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is no JSON", e);
    }
  }

  private static byte[] bounded(Response response, long most) throws IOException {
    var body = response.body();
    if (body == null) {
      return new byte[0];
    }
    try (var in = body.byteStream()) {
      var bytes = in.readNBytes(Math.toIntExact(most) + 1);
      if (bytes.length > most) {
        throw new IOException("the server talks without end");
      }
      return bytes;
    }
  }

  boolean isClosed() {
    return letGo.is();
  }

  /// Ends whatever is asked now, and whatever waits.
  void close() {
    letGo.now();
    calls.forEach(Call::cancel);
  }
}
