package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;

import dev.posthorn.connector.Delivery;
import dev.posthorn.connector.Dispatch;
import dev.posthorn.connector.MailSender;
import dev.posthorn.connector.SendOutcome.Deferred;
import dev.posthorn.connector.ServerWords;
import dev.posthorn.wire.Watch;

/// Sends mail by one SMTP account. Safe for any number of threads; of those beyond the account's lines some wait.
///
/// Whatever happens before the server has heard of the mail (no connection, a greeting that says no, TLS, the login) is
/// [Deferred]: it is the network's or the operator's trouble, and the next mail would meet it too. After a failed login
/// nothing is tried for a while, because servers lock accounts that keep failing.
public final class SmtpSender implements MailSender, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SmtpSender.class);

  private final SmtpAccount account;
  private final Watch watch;
  private final SmtpLines lines;
  private String shutOut;

  /// @param watch keeps the times; it may serve many senders and is not closed with this one
  public SmtpSender(SmtpAccount account, Watch watch) {
    this.account = account;
    this.watch = watch;
    this.lines = new SmtpLines(account, watch);
  }

  @Override
  public List<Delivery> send(Dispatch dispatch) {
    var envelope = new Envelope(dispatch);
    pause().ifPresent(envelope::settleOpen);
    if (!envelope.open().isEmpty()) {
      sendInTurn(envelope, dispatch);
    }
    return envelope.deliveries();
  }

  private void sendInTurn(Envelope envelope, Dispatch dispatch) {
    try {
      if (!lines.enter()) {
        envelope.settleOpen(later(account.where() + ": all lines are busy"));
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      envelope.settleOpen(later("stopped while waiting for a line to " + account.where()));
      return;
    }
    try (var deadline = watch.deadline(account.limits().whole())) {
      sendOver(lines.take(deadline), envelope, dispatch);
    } catch (NotLetIn e) {
      shutOut(e.getMessage());
      envelope.settleOpen(pause().orElseGet(() -> later(e.getMessage())));
    } catch (IOException e) {
      envelope.settleOpen(later(Trouble.words(account, e)));
    } finally {
      lines.leave();
    }
  }

  private void sendOver(SmtpLine line, Envelope envelope, Dispatch dispatch) {
    try {
      line.carry(envelope, dispatch.mail());
      line.objection().ifPresent(answer -> shutOut(answer.words()));
    } finally {
      lines.giveBack(line);
    }
  }

  private static Deferred later(String why) {
    return new Deferred(why, Optional.empty());
  }

  private synchronized Optional<Deferred> pause() {
    return Optional.ofNullable(shutOut).map(why -> new Deferred(why, Optional.of(account.limits().loginPause())));
  }

  /// Said loudly, and once for each pause: nothing leaves until somebody does something.
  private synchronized void shutOut(String words) {
    if (shutOut != null) {
      return;
    }
    var why = ServerWords.line(words);
    LOG.errorf("The mail server %s does not accept the account that it was given: %s. Mail through it waits;"
        + " check user name, password and TLS. Next try in %s.", account.where(), why, account.limits().loginPause());
    if (!account.limits().loginPause().isZero()) {
      shutOut = "not let in at " + account.where() + ": " + why;
      watch.after(account.limits().loginPause(), this::tryAgain);
    }
  }

  private synchronized void tryAgain() {
    shutOut = null;
  }

  int idleLines() {
    return lines.idleLines();
  }

  /// Hangs up on the lines that are not in use; a mail on its way ends as it ends.
  @Override
  public void close() {
    lines.close();
  }
}
