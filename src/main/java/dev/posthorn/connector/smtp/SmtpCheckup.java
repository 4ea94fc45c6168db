package dev.posthorn.connector.smtp;

import dev.posthorn.connector.Finding;
import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.Step;
import dev.posthorn.wire.Watch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Tries an account step by step, up to the point where a mail would follow; sends nothing.
public final class SmtpCheckup {
  private static final List<Step> WAY_IN = List.of(Step.CONNECT, Step.GREETING, Step.TLS, Step.LOGIN);

  private final SmtpAccount account;
  private final Watch watch;

  public SmtpCheckup(SmtpAccount account, Watch watch) {
    this.account = account;
    this.watch = watch;
  }

  /// Whether there is an SMTP server that one could be let in by; nobody's name is said.
  ///
  /// @return what is in the way, if anything is
  public Optional<String> objection() {
    var nobody = new SmtpAccount(account.host(), account.port(), account.security(), account.trust(), new SmtpAccount.Login.None(),
        account.localName(), account.limits(), account.reach());
    try (var deadline = watch.deadline(account.limits().whole())) {
      SmtpLine.open(nobody, watch, deadline).hangUp();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(opening(e).getLast().words());
    }
  }

  /// Each step that was gone, in order; the first that is not ok is the last.
  ///
  /// @param from the address that mail would come from: servers refuse those that are not the account's (P-52)
  public List<Finding> run(String from) {
    var step = Step.CONNECT;
    try (var deadline = watch.deadline(account.limits().whole())) {
      var line = SmtpLine.open(account, watch, deadline);
      step = Step.MAIL;
      var answer = line.wouldTakeFrom(from);
      line.hangUp();
      return found(Step.MAIL, answer.isYes(), answer.words());
    } catch (NotLetIn e) {
      return found(Step.LOGIN, false, e.getMessage());
    } catch (IOException e) {
      return step == Step.MAIL ? found(Step.MAIL, false, LineWords.of(e)) : opening(e);
    }
  }

  private static List<Finding> opening(IOException trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _, ConnectException _, NoRouteToHostException _ -> {
          return found(Step.CONNECT, false, LineWords.ofConnecting((IOException) cause));
        }
        case SocketTimeoutException timeout when "Connect timed out".equalsIgnoreCase(timeout.getMessage()) -> {
          return found(Step.CONNECT, false, LineWords.ofConnecting(timeout));
        }
        case SSLException tls -> {
          return found(Step.TLS, false, String.valueOf(tls.getMessage()));
        }
        default -> {
          // look inside
        }
      }
    }
    return found(Step.GREETING, false, LineWords.of(trouble));
  }

  private static List<Finding> found(Step last, boolean ok, String words) {
    var before = WAY_IN.stream().takeWhile(step -> step != last).map(step -> new Finding(step, true, "ok"));
    return Stream.concat(before, Stream.of(new Finding(last, ok, words))).toList();
  }
}
