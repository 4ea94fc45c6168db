package dev.posthorn.connector.smtp;

import java.time.Duration;

import dev.posthorn.wire.Patience;

/// How long and how much with one SMTP server. RFC 5321 section 4.5.3.2 recommends the waiting times.
///
/// @param connect for the TCP connection, for each address that the host name has
/// @param answer for each answer of the server up to the data
/// @param write for each piece of the mail (some kilobytes) to be taken by the network
/// @param verdict for the answer to the final dot: servers scan the mail before they speak, and giving up too early is what
///         makes an end unknown (RFC 1047)
/// @param whole for everything that [SmtpSender#send] does, waiting for a free line aside
/// @param lines most lines to the server at one time; a mail that finds none free within `answer` is deferred
/// @param mailsPerLine after so many mails a line is closed
/// @param keepIdle how long an unused line is kept; zero: it is closed after its mail
/// @param loginPause after a failed login nothing is tried for so long, so that the server does not lock the account
/// @param answerOctets most octets the server may say over one mail, the TLS handshake included
public record SmtpLimits(Duration connect, Duration answer, Duration write, Duration verdict, Duration whole,
    int lines, int mailsPerLine, Duration keepIdle, Duration loginPause, int answerOctets) {

  /// Everything is positive; only `keepIdle` and `loginPause` may be zero.
  public SmtpLimits {
    requirePositive(connect, "connect");
    requirePositive(answer, "answer");
    requirePositive(write, "write");
    requirePositive(verdict, "verdict");
    requirePositive(whole, "whole");
    if (keepIdle.isNegative() || loginPause.isNegative() || lines < 1 || mailsPerLine < 1 || answerOctets < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /// The same in the words of any line.
  Patience patience() {
    return new Patience(connect, answer, write, answerOctets);
  }

  private static void requirePositive(Duration time, String name) {
    if (time.toMillis() < 1 || time.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " must be between a millisecond and 24 days");
    }
  }
}
