package dev.posthorn.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/// Microsoft Graph, as far as mail goes. Strict with its caller: the right token on every call, immutable ids, no `me`, at most four
/// calls at once on a mailbox.
public final class GraphRealm extends Realm implements AutoCloseable {
  private static final String VERSION = "v1.0";
  private static final int AT_ONCE = 4;

  private final Map<String, GraphMailbox> mailboxes = new ConcurrentHashMap<>();
  private final GraphUploads uploads = new GraphUploads();
  private final GraphDelta delta = new GraphDelta();
  private final GraphMail mail = new GraphMail(uploads, this::complain);
  private GraphSubscriptions subscriptions;
  private Simulator otherHost;
  private volatile Predicate<Call> held = _ -> false;
  private volatile CountDownLatch until = new CountDownLatch(0);

  public GraphRealm() {
    super("graph");
  }

  /// The realm in this simulator, with the other host for uploads and its notifications.
  public static GraphRealm in(Simulator simulator) {
    var realm = simulator.add(new GraphRealm());
    realm.otherHost = simulator.annex();
    realm.otherHost.add(realm.uploads);
    realm.subscriptions = new GraphSubscriptions(simulator.clock(), realm::complain);
    return realm;
  }

  /// A mailbox.
  ///
  /// @param user its object id
  /// @param address its principal name and first address
  public GraphMailbox mailbox(String user, String address) {
    var mailbox = new GraphMailbox(user, address, simulator().clock());
    mailboxes.put(user.toLowerCase(Locale.ROOT), mailbox);
    mailboxes.put(address.toLowerCase(Locale.ROOT), mailbox);
    return mailbox;
  }

  /// A mail comes in, and whoever subscribed to that is told.
  ///
  /// @return its immutable id
  public String delivers(GraphMailbox mailbox, byte[] mime) {
    var id = mailbox.arrives(mime);
    subscriptions.created(mailbox, id);
    return id;
  }

  /// Where large files go.
  public GraphUploads uploads() {
    return uploads;
  }

  /// Who is to be told what.
  public GraphSubscriptions subscriptions() {
    return subscriptions;
  }

  /// The next so many pages of changes hold nothing but the link to the next one.
  public void emptyPages(int count) {
    delta.emptyPages(count);
  }

  /// The next so many pages of changes name each item twice.
  public void doubledPages(int count) {
    delta.doubledPages(count);
  }

  /// No link to changes that was given leads anywhere any more.
  ///
  /// @param answer such as [#error]
  public void forgetDeltas(Reply answer) {
    delta.die(answer);
  }

  /// The next so many mails are handed out cut off, in an answer that is whole.
  public void cutMails(int count) {
    mail.cut(count);
  }

  /// From now on these calls are answered only when the latch opens; they count as running meanwhile.
  public void hold(Predicate<Call> calls, CountDownLatch opens) {
    until = opens;
    held = calls;
  }

  /// Stops the other host.
  @Override
  public void close() {
    otherHost.close();
  }

  /// An error as Graph says it.
  public static Reply error(int status, String code, String message) {
    return Reply.json(status, Map.of("error", Map.of("code", code, "message", message,
        "innerError", Map.of("request-id", "00000000-0000-0000-0000-000000000000", "date", "2026-01-01T00:00:00"))));
  }

  @Override
  protected Optional<Reply> answer(Call call) {
    var path = new ArrayList<>(call.segments());
    if (path.isEmpty() || !path.removeFirst().equals(VERSION)) {
      return Optional.empty();
    }
    if (!path.isEmpty() && path.getFirst().equals("me")) {
      complain("me was asked for, which a token of an application has not");
    }
    if (call.all("Prefer").stream().noneMatch(value -> value.replace(" ", "").contains("IdType=\"ImmutableId\""))) {
      complain("no immutable ids were asked for: " + call);
    }
    var token = call.bearer().flatMap(simulator().tokens()::find);
    if (token.isEmpty()) {
      return Optional.of(error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."));
    }
    if (!token.get().audience().equals(url())) {
      complain("a token for " + token.get().audience() + " was shown to Graph");
      return Optional.of(error(401, "InvalidAuthenticationToken", "Invalid audience."));
    }
    return path.getFirst().equals("subscriptions") ? subscriptions(call, path, token.get()) : user(call, path, token.get());
  }

  private Optional<Reply> user(Call call, List<String> path, IssuedTokens.Issued token) {
    if (path.size() < 3 || !path.getFirst().equals("users")) {
      return Optional.empty();
    }
    var mailbox = mailboxes.get(path.get(1).toLowerCase(Locale.ROOT));
    if (mailbox == null) {
      return Optional.of(error(404, "ErrorInvalidUser", "The requested user '" + path.get(1) + "' is invalid."));
    }
    if (!mayUse(token, mailbox)) {
      return Optional.of(error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."));
    }
    try {
      if (mailbox.atOnce.incrementAndGet() > AT_ONCE) {
        complain("more than " + AT_ONCE + " calls at once on " + mailbox.address);
        return Optional.of(error(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.").with("Retry-After", "1"));
      }
      if (held.test(call)) {
        until.await();
      }
      return mail(call, mailbox, path.subList(2, path.size()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Reply.empty(503));
    } finally {
      mailbox.atOnce.decrementAndGet();
    }
  }

  private static boolean mayUse(IssuedTokens.Issued token, GraphMailbox mailbox) {
    boolean own = token.user().map(mailbox.user::equals).orElse(true);
    boolean shared = token.user().map(mailbox.mayBeUsedBy::contains).orElse(false) && token.scopes().contains("Mail.ReadWrite.Shared");
    return own && token.scopes().contains("Mail.ReadWrite") || shared;
  }

  private Optional<Reply> mail(Call call, GraphMailbox mailbox, List<String> path) {
    if (path.getFirst().equals("mailFolders") && call.method().equals("GET")) {
      return folders(call, mailbox, path);
    }
    return mail.answer(call, mailbox, path);
  }

  private Optional<Reply> folders(Call call, GraphMailbox mailbox, List<String> path) {
    if (path.size() == 1) {
      var name = call.query("$filter").orElse("").replaceFirst("displayName eq '(.*)'", "$1").replace("''", "'");
      return Optional.of(Reply.json(200, Map.of("value", mailbox.folderNamed(name).map(id -> List.of(Map.of("id", id, "displayName", name)))
          .orElse(List.of()))));
    }
    var folder = mailbox.folderAt(path.get(1));
    if (folder.isEmpty()) {
      return Optional.of(error(404, "ErrorItemNotFound", "The specified folder could not be found in the store."));
    }
    if (path.size() == 2) {
      return Optional.of(Reply.json(200, Map.of("id", folder.get())));
    }
    if (path.size() == 3 && path.get(2).equals("childFolders")) {
      return Optional.of(Reply.json(200, Map.of("value", List.of())));
    }
    return path.size() == 4 && path.get(2).equals("messages") && path.get(3).equals("delta")
        ? Optional.of(delta.page(call, mailbox, folder.get())) : Optional.empty();
  }

  private Optional<Reply> subscriptions(Call call, List<String> path, IssuedTokens.Issued token) {
    return subscriptions.answer(call, path, resource -> {
      var user = resource.split("/")[1];
      return Optional.ofNullable(mailboxes.get(user.toLowerCase(Locale.ROOT)))
          .filter(mailbox -> token.user().map(mailbox.user::equals).orElse(true));
    });
  }
}
