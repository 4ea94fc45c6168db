package dev.posthorn.triage;

import dev.posthorn.mail.AutomaticSigns;
import dev.posthorn.mail.AutomaticSigns.Sign;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.Parsed;
import dev.posthorn.mail.Reason;
import dev.posthorn.mail.Report;
import dev.posthorn.mail.ReportReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells people from programs: what a mail is, and whether a program may answer it (RFC 3834, section 2). Pure.
final class Screening {
  private Screening() {}

  /// @param envelopeFrom the return path, "" for the null sender; empty where nobody told it
  static Screened screen(Parsed parsed, Optional<String> envelopeFrom) {
    return switch (parsed) {
      case Parsed.Readable(Mail mail) -> readable(mail, envelopeFrom);
      case Parsed.Unreadable _ -> new Screened(Classification.ORDINARY, Optional.empty(),
          List.of(new Reason("unreadable", "Nobody knows what it is")));
    };
  }

  private static Screened readable(Mail mail, Optional<String> envelopeFrom) {
    var signs = AutomaticSigns.of(mail, envelopeFrom);
    var report = ReportReader.read(mail, envelopeFrom.filter(String::isEmpty).isPresent());
    var silence = new ArrayList<>(signs.stream().map(Sign::reason).toList());
    report.map(Screening::reason).ifPresent(silence::add);
    if (mail.from().isEmpty()) {
      silence.add(new Reason("no-sender", "It does not say who wrote it"));
    }
    return new Screened(report.map(Screening::kind).orElseGet(() -> kind(signs)), report, List.copyOf(silence));
  }

  /// The most telling sign wins: a list that marks its mail as automatic is a list.
  private static Classification kind(List<Sign> signs) {
    for (var kind : List.of(Classification.CHALLENGE, Classification.AUTO_REPLY, Classification.LIST, Classification.AUTOMATIC)) {
      if (signs.stream().anyMatch(sign -> sign.kind() == kind)) {
        return kind;
      }
    }
    return Classification.ORDINARY;
  }

  private static Classification kind(Report report) {
    return switch (report) {
      case Report.Undelivered _ -> Classification.BOUNCE;
      case Report.Shown _ -> Classification.RECEIPT;
      case Report.Complained _ -> Classification.COMPLAINT;
    };
  }

  private static Reason reason(Report report) {
    return switch (report) {
      case Report.Undelivered _ -> new Reason("delivery-report", "It reports on a delivery");
      case Report.Shown _ -> new Reason("read-receipt", "It reports that a mail was shown");
      case Report.Complained _ -> new Reason("complaint", "It reports a complaint");
    };
  }
}
