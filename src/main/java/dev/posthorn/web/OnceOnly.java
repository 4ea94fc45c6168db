package dev.posthorn.web;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Does what [Idempotent] promises. The order is what matters: take the key, do the work, keep the answer, commit all of it
/// at once. A refused or failed request rolls back and leaves nothing, so it may be tried again with the same key.
///
/// What the operator asks for is committed in the tenant that it concerns, just before its answer is: should the process
/// die between the two, the same request is answered 409, since what it founds has a name of its own.
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class OnceOnly {
  private static final String HEADER = "Idempotency-Key";

  private final RoutingContext request;
  private final Caller caller;
  private final KeptAnswers answers;
  private final Representations representations;
  private final WebConfig config;

  OnceOnly(RoutingContext request, Caller caller, KeptAnswers answers, Representations representations, WebConfig config) {
    this.request = request;
    this.caller = caller;
    this.answers = answers;
    this.representations = representations;
    this.config = config;
  }

  @AroundInvoke
  Object around(InvocationContext call) throws Exception {
    var wanted = request.request().getHeader(HEADER);
    if (wanted == null) {
      return call.proceed();
    }
    check(wanted);
    // Two keys of one tenant never see each other's answers: their roles may differ.
    var key = caller.keyId() + ":" + wanted;
    if (call.getMethod().getAnnotation(Idempotent.class).touchesNetwork()) {
      return onceAround(key, call);
    }
    return switch (QuarkusTransaction.joiningExisting().call(() -> once(key, call))) {
      case Done done -> done.result();
      case Again again -> throw new Replay(again.answer());
    };
  }

  private Object onceAround(String key, InvocationContext call) throws Exception {
    var operation = request.request().method() + " " + request.normalizedPath();
    var asked = Hash.sha256(("request under " + caller.secret() + HexFormat.of().formatHex(representations.hashOf(call))).getBytes(StandardCharsets.UTF_8));
    var kept = QuarkusTransaction.requiringNew().call(() -> answers.find(key, operation, asked));
    if (kept.isPresent()) {
      throw new Replay(kept.get());
    }
    var result = call.proceed();
    var answer = representations.answerOf(call.getMethod(), result);
    if (answer.status() < 400) {
      QuarkusTransaction.requiringNew().run(() -> {
        answers.take(key, operation, asked);
        answers.keep(key, answer);
      });
    }
    return result;
  }

  private void check(String wanted) {
    var max = config.idempotency().maxKeyLength();
    if (wanted.isBlank() || wanted.length() > max || !wanted.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw Refusal.badRequest(HEADER, "Between 1 and " + max + " printable ASCII characters.");
    }
  }

  private Outcome once(String key, InvocationContext call) throws Exception {
    var operation = request.request().method() + " " + request.normalizedPath();
    var kept = answers.take(key, operation, representations.hashOf(call));
    var box = call.getMethod().getAnnotation(Idempotent.class).answersSecret() ? box(key) : null;
    if (kept.isPresent()) {
      return new Again(box == null ? kept.get() : new KeptAnswer(kept.get().status(), kept.get().location(), box.open(kept.get().body())));
    }
    var result = call.proceed();
    var answer = representations.answerOf(call.getMethod(), result);
    if (answer.status() >= 400) {
      QuarkusTransaction.setRollbackOnly();
    } else {
      answers.keep(key, box == null ? answer : new KeptAnswer(answer.status(), answer.location(), box.close(answer.body())));
    }
    return new Done(result);
  }

  private SecretBox box(String key) {
    return new SecretBox(caller.secret(), "idempotency " + key);
  }

  private sealed interface Outcome {}

  private record Done(Object result) implements Outcome {}

  private record Again(KeptAnswer answer) implements Outcome {}

  /// Carries a kept answer past whatever type the method returns.
  static final class Replay extends RuntimeException implements Serializable {
    private static final long serialVersionUID = 1L;
    private final transient KeptAnswer answer;

    Replay(KeptAnswer answer) {
      super(null, null, false, false);
      this.answer = answer;
    }

    KeptAnswer answer() {
      return answer;
    }
  }
}
