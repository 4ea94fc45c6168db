package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.SendOutcome;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.SendOutcome.Refused;
import dev.posthorn.connector.SendOutcome.Unknown;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.mail.RawMail;
import dev.posthorn.wire.Watch;
import dev.posthorn.wire.WatchedSocket;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

/// One open line to an SMTP server.
///
/// The library opens the line (greeting, EHLO, STARTTLS, login) and stuffs the dots. The mail's own walk is ours, step by
/// step: the library's would need a parsed message, would decide about recipients for us, and would not tell an end before
/// the final dot from one after it.
final class SmtpLine extends SMTPTransport {

  private static final String HUNG_UP = "the server hung up";
  private static final String CUT = "cut, since it took too long";

  private final SmtpAccount account;
  private final WatchedSocket socket;
  private int mails;
  private boolean usable = true;
  private Optional<Answer> objection = Optional.empty();

  private SmtpLine(SmtpAccount account, WatchedSocket socket) {
    super(LineSettings.session(account), LineSettings.url(account), "smtp", false);
    this.account = account;
    this.socket = socket;
  }

  /// Opens a line on which the next word is ours.
  ///
  /// @throws NotLetIn if the server does not take our account
  /// @throws IOException if anything else is in the way
  static SmtpLine open(SmtpAccount account, Watch watch, Watch.Deadline deadline) throws IOException {
    var socket = LineSettings.connect(account, watch, deadline);
    var line = new SmtpLine(account, socket);
    try {
      line.connect(account.security() == Security.TLS ? account.trust().encrypt(socket, account.host()) : socket);
      line.demandLogin();
      return line;
    } catch (AuthenticationFailedException e) {
      socket.close();
      throw new NotLetIn(line.lastWords(e));
    } catch (MessagingException e) {
      socket.close();
      throw new IOException(line.lastWords(e), e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Whether the server still listens, with nothing left of an earlier mail (RSET, RFC 5321 section 4.1.1.5).
  synchronized boolean isAlive(Watch.Deadline deadline) {
    deadline.guard(socket);
    try {
      socket.beginExchange(account.limits().answer());
      return ask("RSET").isYes();
    } catch (IOException | MessagingException e) {
      return false;
    }
  }

  /// Whether the server would take a mail from this address; nothing is sent.
  synchronized Answer wouldTakeFrom(String address) throws IOException {
    try {
      var answer = ask("MAIL FROM:<" + address + ">");
      ask("RSET");
      return answer;
    } catch (MessagingException e) {
      throw new IOException(LineWords.of(e), e);
    }
  }

  /// Walks one mail over the line, giving each open recipient of the envelope its verdict.
  synchronized void carry(Envelope envelope, RawMail mail) {
    mails++;
    var dotSent = false;
    try {
      socket.beginExchange(account.limits().answer());
      if (!announce(envelope, mail)) {
        return;
      }
      OutputStream data;
      try {
        data = data();
      } catch (SMTPSendFailedException e) {
        envelope.settleOpen(verdict(refusalOfData(e)));
        return;
      }
      pour(mail, data);
      socket.setSoTimeout((int) account.limits().verdict().toMillis());
      dotSent = true;
      envelope.settleOpen(verdict(finish(data)));
    } catch (IOException | UncheckedIOException | MessagingException e) {
      usable = false;
      var why = socket.wasCut() ? account.where() + ": " + CUT : Trouble.words(account, e);
      envelope.settleOpen(dotSent ? new Unknown(why) : new Deferred(why, Optional.empty()));
    }
  }

  /// MAIL and RCPT. True when at least one recipient was accepted.
  private boolean announce(Envelope envelope, RawMail mail) throws IOException, MessagingException {
    var needs = new MailNeeds(envelope, mail.size(), survey(mail), this);
    var missing = needs.missing();
    if (missing.isPresent()) {
      envelope.settleOpen(missing.get());
      return false;
    }
    var answer = ask(needs.mailCommand());
    if (!answer.isYes()) {
      envelope.settleOpen(verdict(answer));
      return false;
    }
    var accepted = false;
    for (var path : envelope.open()) {
      if (path.needsUtf8() && !supportsExtension("SMTPUTF8")) {
        envelope.settle(path, new Refused("the server takes no address beyond ASCII (SMTPUTF8)", "5.6.7"));
        continue;
      }
      answer = ask("RCPT TO:<" + path.text() + ">");
      if (answer.isYes()) {
        accepted = true;
        continue;
      }
      envelope.settle(path, verdict(answer));
      if (answer.endsTheLine()) {
        envelope.settleOpen(verdict(answer));
        return false;
      }
    }
    return accepted;
  }

  private static Survey survey(RawMail mail) throws IOException {
    try (var bytes = mail.open()) {
      return Survey.of(bytes);
    }
  }

  /// Anything but 354, 4xx and 5xx is no answer to DATA; a 250 above all must not pass for the mail's.
  private Answer refusalOfData(SMTPSendFailedException refusal) throws LineDied {
    var answer = checked(refusal.getReturnCode());
    if (answer.isYes()) {
      throw new LineDied("no answer to DATA: " + answer.words());
    }
    return answer;
  }

  /// The library's stream doubles leading dots and ends every line with CRLF (RFC 5321 section 4.5.2). A mail that comes
  /// out shorter than it is must not get its final dot: half a mail would be delivered as a whole one.
  private static void pour(RawMail mail, OutputStream data) throws IOException {
    long poured;
    try (InputStream bytes = mail.open()) {
      poured = bytes.transferTo(data);
    }
    if (poured != mail.size()) {
      throw new IOException("the stored mail has " + poured + " octets instead of " + mail.size());
    }
  }

  /// CRLF, the dot, and what the server says to it. Not the library's own method for it, which would hide a refusal behind
  /// the RSET that it sends after one.
  private Answer finish(OutputStream data) throws IOException, MessagingException {
    ((SMTPOutputStream) data).ensureAtBOL();
    return ask(".");
  }

  private SendOutcome verdict(Answer answer) {
    if (answer.isAboutTheAccount()) {
      objection = Optional.of(answer);
    }
    usable &= !answer.endsTheLine() && !answer.isAboutTheAccount();
    return answer.outcome();
  }

  private Answer ask(String command) throws LineDied, MessagingException {
    return checked(simpleCommand(command.getBytes(StandardCharsets.UTF_8)));
  }

  private Answer checked(int code) throws LineDied {
    var response = getLastServerResponse();
    if (code < 200 || code > 599 || code / 100 == 3) {
      throw new LineDied("[EOF]".equals(response) ? HUNG_UP : "no SMTP answer: " + response);
    }
    return Answer.read(code, response);
  }

  /// The library resets the mail on its own after a refusal. When the line ends just there, that would take the place of the
  /// refusal; [#isAlive] does it when the line is used again.
  @Override
  public synchronized void issueCommand(String command, int expected) throws MessagingException {
    if (!command.equals("RSET")) {
      super.issueCommand(command, expected);
    }
  }

  /// Whether another mail may be walked over it.
  synchronized boolean isUsable() {
    return usable && mails < account.limits().mailsPerLine();
  }

  /// What the server said against our account, in the middle of a mail.
  synchronized Optional<Answer> objection() {
    return objection;
  }

  /// Drops the line without a word.
  void abandon() {
    socket.cut();
  }

  /// Says goodbye if there is somebody to say it to; never waits for the answer.
  synchronized void hangUp() {
    try {
      if (usable) {
        close();
      }
      socket.close();
    } catch (MessagingException | IOException e) {
      abandon();
    }
  }

  /// Never the account's password, which the library's own would have to hide.
  @Override
  public String toString() {
    return "SmtpLine[" + account.where() + "]";
  }

  private void demandLogin() throws NotLetIn {
    if (account.login() instanceof Login.Password(_, _, var demanded, _) && demanded && !supportsExtension("AUTH")
        || account.login() instanceof Login.Token && !supportsExtension("AUTH")) {
      throw new NotLetIn("the server offers no login");
    }
  }

  /// What the server said if it said no, else what happened to the line; never with our secret in it.
  private String lastWords(MessagingException trouble) {
    var code = getLastReturnCode();
    var words = code >= 400 && code <= 599 ? Answer.read(code, getLastServerResponse()).words()
        : socket.wasCut() ? CUT : code == -1 ? HUNG_UP : LineWords.of(trouble);
    return switch (account.login()) {
      case Login.None() -> words;
      case Login.Password(_, var password, _, _) -> password.hideIn(words);
      case Login.Token(_, var token) -> token.hideIn(words);
    };
  }
}
