package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.mail.Mail;
import dev.posthorn.mail.Parsed;
import dev.posthorn.trust.Authentication;
import dev.posthorn.trust.Trust;
import dev.posthorn.trust.Trust.Question;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks who sent mails, as far as they came in by a way that lets one ask.
@ApplicationScoped
class Judging {
  private final Trust trust;

  Judging(Trust trust) {
    this.trust = trust;
  }

  /// One answer for each mail, in their order.
  List<Authentication> judge(List<MailReader.Fetched> fetched, List<Parsed> parsed) {
    var questions = new ArrayList<Question>();
    for (int i = 0; i < fetched.size(); i++) {
      if (parsed.get(i) instanceof Parsed.Readable(Mail mail)) {
        questions.add(new Question(mail, fetched.get(i).raw(), envelope(fetched.get(i))));
      }
    }
    var answers = questions.isEmpty() ? List.<Authentication>of().iterator() : trust.of(questions).iterator();
    return parsed.stream().map(one -> one instanceof Parsed.Readable ? answers.next() : Authentication.NONE).toList();
  }

  /// The return path, where SMTP told it: "" is then the null sender, else it only says that nobody knows.
  static Optional<String> returnPath(MailReader.Fetched fetched) {
    return bySmtp(fetched) ? Optional.of(fetched.row().envelopeFrom) : Optional.empty();
  }

  private static Optional<Trust.Envelope> envelope(MailReader.Fetched fetched) {
    var row = fetched.row();
    return bySmtp(fetched) ? Optional.of(new Trust.Envelope(row.remoteAddress, row.helo, row.envelopeFrom)) : Optional.empty();
  }

  /// A mail pushed to the channel of a forwarding address was not brought by whoever sent it.
  private static boolean bySmtp(MailReader.Fetched fetched) {
    return fetched.channel().kind.equals(InboundChannel.FORWARDING_ADDRESS) && !fetched.row().helo.equals("http");
  }
}
