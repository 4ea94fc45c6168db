package dev.posthorn.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The caller's doing: thrown by use cases and resources, answered as a 4xx [Problem], never logged as an error. It rolls
/// the transaction back. The alternatives are those of [ProblemKind], a closed list; what differs between them is data.
///
/// The detail and the pointers go to the client as they are: no class names, no secrets.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final transient List<Problem.Fault> faults;
  private final Duration retryAfter;

  private Refusal(ProblemKind kind, String detail, List<Problem.Fault> faults, Duration retryAfter) {
    // Without a stack trace: it is an answer, not a mishap.
    super(detail, null, false, false);
    if (kind.status() < 400 || kind.status() > 499) {
      throw new IllegalArgumentException(kind + " is no refusal");
    }
    this.kind = kind;
    this.faults = List.copyOf(faults);
    this.retryAfter = retryAfter;
  }

  public static Refusal of(ProblemKind kind, String detail) {
    return new Refusal(kind, detail, List.of(), null);
  }

  /// The same, with the place that is to blame: a JSON pointer (`/agentId`) or the bare name of a parameter (`after`).
  public static Refusal at(String pointer, ProblemKind kind, String detail) {
    return new Refusal(kind, detail, List.of(new Problem.Fault(pointer, detail)), null);
  }

  public static Refusal of(ProblemKind kind, String detail, List<Problem.Fault> faults) {
    return new Refusal(kind, detail, faults, null);
  }

  /// 404 in words: `notFound("ticket")`.
  public static Refusal notFound(String what) {
    return of(ProblemKind.NOT_FOUND, "There is no such " + what + ".");
  }

  /// 400: one field or parameter has the wrong shape.
  public static Refusal badRequest(String pointer, String detail) {
    return at(pointer, ProblemKind.INVALID_REQUEST, detail);
  }

  public static Refusal forbidden(String detail) {
    return of(ProblemKind.FORBIDDEN, detail);
  }

  public static Refusal conflict(String detail) {
    return of(ProblemKind.CONFLICT, detail);
  }

  /// 422: well-formed, but what stands at the pointer cannot be done.
  public static Refusal unprocessable(String pointer, String detail) {
    return at(pointer, ProblemKind.UNPROCESSABLE, detail);
  }

  public static Refusal preconditionFailed() {
    return of(ProblemKind.PRECONDITION_FAILED, null);
  }

  public static Refusal tooLarge(long limitInBytes) {
    return of(ProblemKind.TOO_LARGE, "At most " + limitInBytes + " bytes are accepted.");
  }

  /// A day's budget is spent.
  public static Refusal budgetSpent(String detail, Duration retryAfter) {
    return new Refusal(ProblemKind.BUDGET_SPENT, detail, List.of(), retryAfter);
  }

  public static Refusal tooManyRequests(Duration retryAfter) {
    return new Refusal(ProblemKind.TOO_MANY_REQUESTS, null, List.of(), retryAfter);
  }

  public ProblemKind kind() {
    return kind;
  }

  public Optional<String> detail() {
    return Optional.ofNullable(getMessage());
  }

  public List<Problem.Fault> faults() {
    return faults;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
