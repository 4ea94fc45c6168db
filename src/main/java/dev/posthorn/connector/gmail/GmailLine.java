package dev.posthorn.connector.gmail;

import com.google.api.client.http.HttpResponse;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.GmailRequest;
import dev.posthorn.connector.AccessToken;
import dev.posthorn.connector.AccessTokens;
import dev.posthorn.connector.Account;
import dev.posthorn.connector.ApiTrouble;
import dev.posthorn.connector.LetGo;
import java.io.IOException;
import java.time.Duration;

/// What is asked of one mailbox: within its units, through its gate, with a fresh token after a 401, again after a pause. Safe for use
/// by many threads.
final class GmailLine {
  /// The mailbox that the token is for.
  static final String ME = "me";

  private final GmailDoor door;
  private final AccessTokens tokens;
  private final GmailDoor.Way way;
  private final LetGo letGo = new LetGo();

  GmailLine(GmailDoor door, Account.GmailApi account) {
    this.door = door;
    this.tokens = account.tokens();
    this.way = door.way(account.address());
  }

  /// One question: made anew each time that it is asked.
  interface Question<T> {
    GmailRequest<T> make(Gmail.Users users) throws IOException;
  }

  /// What is done with an answer that is good.
  interface Heard<R> {
    R hear(HttpResponse answer) throws IOException;
  }

  GmailDoor door() {
    return door;
  }

  /// @param units what it costs
  <T> T ask(int units, Question<T> question) throws ApiTrouble {
    return perform(units, true, question, GmailRequest::execute);
  }

  /// Asked twice, it would be done twice.
  <T> T once(int units, Question<T> question) throws ApiTrouble {
    return perform(units, false, question, GmailRequest::execute);
  }

  /// The answer as it comes, for those that do not fit into memory.
  <T, R> R stream(int units, Question<T> question, Heard<R> heard) throws ApiTrouble {
    return perform(units, true, question, request -> {
      var answer = request.executeUnparsed();
      try {
        return heard.hear(answer);
      } finally {
        answer.disconnect();
      }
    });
  }

  private interface Execution<T, R> {
    R of(GmailRequest<T> request) throws IOException;
  }

  private <T, R> R perform(int units, boolean again, Question<T> question, Execution<T, R> execution) throws ApiTrouble {
    var left = door.config().waitAtMost();
    boolean otherToken = false;
    boolean otherLine = false;
    while (true) {
      var token = tokens.demanded();
      left = wait(left, way.gate().closedFor().orElse(Duration.ZERO));
      var owed = way.budget().take(units);
      if (owed.compareTo(left) > 0) {
        way.budget().giveBack(units);
        throw ApiTrouble.pause("the quota is spent for now", owed);
      }
      left = wait(left, owed);
      try {
        return performOnce(question, execution, token);
      } catch (ApiTrouble trouble) {
        if (trouble.refusesToken() && !otherToken) {
          tokens.refused(token);
          otherToken = true;
        } else if (trouble.asksForPause()) {
          var pause = way.gate().refused(trouble.after());
          if (!trouble.isThrottling() && !again || pause.compareTo(left) > 0) {
            throw trouble.after(pause);
          }
        } else if (trouble.leavesDoubt() && again && !otherLine && !isClosed()) {
          otherLine = true;
        } else {
          throw trouble;
        }
      }
    }
  }

  private <T, R> R performOnce(Question<T> question, Execution<T, R> execution, AccessToken token) throws ApiTrouble {
    boolean entered = false;
    try {
      entered = way.gate().enter(door.config().answerTimeout());
      if (!entered) {
        throw ApiTrouble.pause("the quota is spent for now", door.config().firstPause());
      }
      if (isClosed()) {
        throw ApiTrouble.closed();
      }
      var request = question.make(door.users());
      request.setDisableGZipContent(true);
      request.getRequestHeaders().setAuthorization(token.authorization());
      var answer = execution.of(request);
      way.gate().served();
      return answer;
    } catch (IOException e) {
      throw isClosed() ? ApiTrouble.closed() : GmailAnswers.trouble(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiTrouble.closed();
    } finally {
      if (entered) {
        way.gate().leave();
      }
    }
  }

  /// @return what is left of the patience
  private Duration wait(Duration patience, Duration time) throws ApiTrouble {
    if (time.compareTo(patience) > 0) {
      throw ApiTrouble.pause("the quota is spent for now", time);
    }
    pause(time);
    return patience.minus(time);
  }

  /// Waits, unless the line is let go meanwhile.
  void pause(Duration time) throws ApiTrouble {
    letGo.pause(time);
  }

  boolean isClosed() {
    return letGo.is();
  }

  /// Ends whatever waits; what is asked now ends with its answer, or with the time for it.
  void close() {
    letGo.now();
  }
}
