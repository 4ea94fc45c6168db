package dev.posthorn.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tells whether a mail is a report about another one, and what it reports: DSN (RFC 3464 in RFC 6522), MDN (RFC 8098), ARF
/// (RFC 5965), and the forms that servers used before or instead ([BounceWords]).
public final class ReportReader {

  /// More of a part is not looked at. Bytes.
  private static final int LONGEST_PART = 256 << 10;
  private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

  private ReportReader() {}

  /// @param fromNobody whether the return path is known to be empty
  public static Optional<Report> read(Mail mail, boolean fromNobody) {
    return part(mail, "message/delivery-status", "message/global-delivery-status").map(status -> undelivered(mail, status))
        .or(() -> part(mail, "message/disposition-notification", "message/global-disposition-notification").map(shown -> shown(mail, shown)))
        .or(() -> part(mail, "message/feedback-report").map(complaint -> complained(mail, complaint)))
        .or(() -> BounceWords.read(mail, fromNobody).map(failures -> new Report.Undelivered(failures, original(mail))));
  }

  /// The text of the first part of such a type that is not inside an attached mail: a report that somebody passes on is
  /// not a report.
  private static Optional<String> part(Mail mail, String... types) {
    return mail.attachments().stream()
        .filter(part -> !part.path().contains("/") && List.of(types).contains(part.contentType()))
        .findFirst().map(ReportReader::text);
  }

  private static Report undelivered(Mail mail, String status) {
    List<Report.Failure> failures = new ArrayList<>();
    for (Map<String, String> group : ReportFields.groups(status)) {
      List<String> addresses = Stream.of("original-recipient", "final-recipient", "x-actual-recipient")
          .map(group::get).filter(value -> value != null).flatMap(value -> ReportFields.address(value).stream()).distinct().toList();
      if (!addresses.isEmpty()) {
        failures.add(failure(addresses, group));
      }
    }
    return new Report.Undelivered(failures, original(mail));
  }

  private static Report.Failure failure(List<String> addresses, Map<String, String> group) {
    String words = group.getOrDefault("diagnostic-code", "");
    String bare = words.substring(words.indexOf(';') + 1).strip();
    // Where the diagnosis is finer than the status, it is the refusing server's own.
    String given = firstStatus(group.getOrDefault("status", ""));
    String status = given.isEmpty() || given.endsWith(".0.0") ? BounceWords.status(bare).orElse(given.isEmpty() ? "5.0.0" : given) : given;
    Report.Action action = switch (group.getOrDefault("action", "").toLowerCase(Locale.ROOT).split("[\\s(;]", 2)[0]) {
      case "delayed" -> Report.Action.DELAYED;
      case "delivered", "relayed", "expanded" -> Report.Action.DELIVERED;
      case "failed" -> Report.Action.FAILED;
      default -> status.startsWith("2.") ? Report.Action.DELIVERED : status.startsWith("4.") ? Report.Action.DELAYED : Report.Action.FAILED;
    };
    return new Report.Failure(addresses, action, status, bare);
  }

  private static String firstStatus(String value) {
    var found = STATUS.matcher(value);
    return found.find() ? found.group(1) : "";
  }

  private static Report shown(Mail mail, String text) {
    var fields = ReportFields.groups(text).stream().findFirst().orElse(Map.of());
    String disposition = fields.getOrDefault("disposition", "");
    String type = disposition.substring(disposition.indexOf(';') + 1).strip().toLowerCase(Locale.ROOT).split("[/\\s]", 2)[0];
    return new Report.Shown(CleanText.cut(type, 40), Optional.ofNullable(fields.get("original-message-id")).flatMap(MessageId::parse)
        .or(() -> original(mail)));
  }

  private static Report complained(Mail mail, String text) {
    var fields = ReportFields.groups(text).stream().findFirst().orElse(Map.of());
    return new Report.Complained(CleanText.cut(fields.getOrDefault("feedback-type", "other").toLowerCase(Locale.ROOT), 40), original(mail));
  }

  /// The id of the mail reported on: of the mail or header that came back with the report, else of the copy in its text.
  private static Optional<MessageId> original(Mail mail) {
    return mail.attachments().stream()
        .filter(part -> !part.path().contains("/") && isReturned(part.contentType()))
        .flatMap(part -> idIn(part).stream()).findFirst()
        .or(() -> BounceWords.idInText(mail.text()));
  }

  private static boolean isReturned(String type) {
    return switch (type) {
      case "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers" -> true;
      default -> false;
    };
  }

  private static Optional<MessageId> idIn(Attachment part) {
    try {
      return HeaderBlock.read(part.content(), MailLimits.DEFAULT).fields().first("Message-ID").map(RawField::unfolded).flatMap(MessageId::parse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Attachment part) {
    try (InputStream in = part.open()) {
      return new String(in.readNBytes(LONGEST_PART), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
