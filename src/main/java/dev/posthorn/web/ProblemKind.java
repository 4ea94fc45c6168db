package dev.posthorn.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every kind of problem that the API answers, in one place: its slug (the constant's name in kebab-case), its status, its
/// title. `docs/problems.md` lists the same, and `GET /problems/{slug}` serves it.
///
/// 400 is for requests whose shape is wrong (syntax, types, unknown fields, limits of single fields); 422 is for requests
/// that are well-formed and still cannot be done. A slug is part of the API and never changes its meaning.
public enum ProblemKind {
  MALFORMED_JSON(400, "The body is not JSON", "The body could not be read as JSON. The detail says at which line and column reading stopped."),
  INVALID_REQUEST(400, "The request has the wrong shape", "A field or parameter is unknown, missing, of a wrong type or outside its limits. `errors` names each."),
  UNAUTHORIZED(401, "A valid key is needed", "Send `Authorization: Bearer <key>` with a key that exists."),
  FORBIDDEN(403, "The key does not allow this", "The caller is known, but its role does not allow the operation."),
  FOREIGN_ORIGIN(403, "The request comes from a page that is not ours", "A browser sends cookies along with whatever any page makes it send. With a session, what changes something has to come from the service's own pages (`posthorn.web.public-url`, `posthorn.web.page-origins`)."),
  OUT_OF_SCOPE(403, "The key is not for this", "The key has scopes, and the one that this operation needs is not among them. The detail names it."),
  NOT_INVITED(403, "There is no way in", "Whoever signed in belongs to no tenant that lets them in: they are not invited, the invitation was used or is too old, or they were shut out. An admin invites people."),
  NOT_FOUND(404, "There is no such thing", "Nothing is found under this path for this caller. What belongs to another tenant is not found either."),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here", "The path exists, the method does not. `Allow` lists those that do."),
  NOT_ACCEPTABLE(406, "No acceptable representation", "The resource cannot be served in any media type of the `Accept` header."),
  CONFLICT(409, "The request conflicts with what is there", "For example a name that is taken, or a thing still in use."),
  EMAIL_HUB_OFF(409, "The team's EmailHub is off", "Nothing is sent for a team while its `emailHubEnabled` is false. Mail that arrives is held until it is switched on."),
  TICKET_CLOSED(409, "The ticket is closed", "A closed ticket is not answered. DELETE its closure first."),
  NOT_LATEST(409, "There is a newer message", "With `strict`, a reply to a message that is not the newest is refused; the detail names the newest."),
  NOT_ACCEPTED(409, "The ticket is not the caller's", "Only whoever has accepted a ticket hands it over; leads and admins hand over what anybody has."),
  GONE(410, "It is gone", "The thing existed, or the resource it needs did, and was deleted."),
  PRECONDITION_FAILED(412, "It has changed meanwhile", "`If-Match` names another version than the present one, or somebody else changed it at the same moment. Read again, then decide."),
  TOO_LARGE(413, "The body is too large", "The detail says the limit."),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported", "The `Content-Type` of the request is not one that this operation reads."),
  UNPROCESSABLE(422, "The request cannot be done", "It is well-formed, but what it asks for makes no sense here. `errors` says why."),
  UNKNOWN_AGENT(422, "There is no such agent", "The agent named in the request does not exist in this tenant."),
  CONTACT_HAS_NO_EMAIL(422, "The contact has no e-mail address", "There is no address that the reply could go to."),
  CONTACT_HAS_NO_PHONE(422, "The contact has no telephone number", "There is no number that the text message could go to. `GET /tickets/{id}/reply-options` says so before."),
  MAILBOX_NOT_CONNECTED(422, "The mailbox could not be connected", "Both directions were tried, and something was in the way. `errors` says at which `step`, in the server's own words, and a `hint`. Nothing was saved."),
  SERVER_NOT_CONNECTED(422, "The server could not be connected", "It was tried, and something was in the way. `errors` says at which `step`, in the server's own words, and a `hint`. Nothing was saved."),
  PERSONAL_ADDRESS(422, "The address looks like somebody's own", "All mail that comes to it would become tickets that others read. Send `confirmPersonal: true` if that is meant."),
  PERSONAL_ACCOUNT(422, "It is a personal account", "Personal accounts of Microsoft (Outlook.com, Hotmail, Live) cannot be connected. Forward their mail to one of the team's forwarding addresses instead."),
  WRONG_ACCOUNT(409, "Another account signed in", "Whoever signed in is not whose mailbox it is. Sign in with the mailbox's own account, or say `shared: true` for a shared mailbox."),
  SIGN_IN_FAILED(422, "The sign-in came to nothing", "The provider refused it, or nobody consented. The detail has its words."),
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request", "A key names one request. Send the same request again, or another key."),
  TOO_MANY_REQUESTS(429, "Too many requests", "The rate limit of this key is spent. `Retry-After` says for how many seconds."),
  BUDGET_SPENT(429, "The budget of the day is spent", "The tenant has written as much by the platform's relay, or invited as many, as it may in a day. The detail says how many. `Retry-After` says for how many seconds."),
  INTERNAL_ERROR(500, "Something went wrong on our side", "A bug. The `incident` id finds it in the log."),
  UNAVAILABLE(503, "Not possible just now", "Something that the service needs does not answer. `Retry-After` says when to try again.");

  private final int status;
  private final String title;
  private final String meaning;

  ProblemKind(int status, String title, String meaning) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
  }

  /// The last part of the type URI, for example `contact-has-no-email`.
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String type() {
    return "/problems/" + slug();
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// What the kind means and what to do about it, in one or two sentences.
  public String meaning() {
    return meaning;
  }

  static Optional<ProblemKind> bySlug(String slug) {
    return Arrays.stream(values()).filter(kind -> kind.slug().equals(slug)).findFirst();
  }
}
