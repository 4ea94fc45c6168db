package dev.posthorn.connector.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.posthorn.connector.SendOutcome;

/// One answer of the server (RFC 5321 section 4.2).
///
/// @param code 200 to 599
/// @param words code and text on one line
/// @param status the enhanced status code (RFC 2034), `""` if the server gave none
record Answer(int code, String words, String status) {

  private static final Pattern LINE = Pattern.compile("^\\d{3}[ -]?(?:([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s|$))?");

  /// Reads an answer of one or several lines, each with its code before it.
  static Answer read(int code, String response) {
    var lines = decoded(response).strip().lines().toList();
    var first = lines.isEmpty() ? "" : lines.getFirst();
    var start = LINE.matcher(first);
    var status = start.find() && start.group(1) != null ? start.group(1) : "";
    var words = new StringBuilder(first.length() > 3 ? first.substring(0, 3) + " " + first.substring(4) : first);
    for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      words.append(' ').append(LINE.matcher(line).replaceFirst(""));
    }
    return new Answer(code, words.toString(), status);
  }

  boolean isYes() {
    return code / 100 == 2;
  }

  /// 421: the server hangs up (RFC 5321 section 3.8).
  boolean endsTheLine() {
    return code == 421;
  }

  /// The server wants a login, or another one, or an encrypted line first (RFC 4954 section 6, RFC 3207 section 4). That is
  /// about the account and not about the mail.
  boolean isAboutTheAccount() {
    return switch (code) {
      case 432, 454, 530, 534, 535, 538 -> true;
      default -> false;
    };
  }

  /// What a mail's or a recipient's answer means.
  SendOutcome outcome() {
    if (isYes()) {
      return new SendOutcome.Sent(words);
    }
    return code / 100 == 5 && !isAboutTheAccount()
        ? new SendOutcome.Refused(words, status.startsWith("5.") ? status : "5.0.0")
        : new SendOutcome.Deferred(words, Optional.empty());
  }

  /// The library hands every octet over as one character; servers speak UTF-8 if they speak more than ASCII (RFC 6531
  /// section 3.7.4).
  private static String decoded(String octets) {
    if (octets.chars().anyMatch(character -> character > 0xff)) {
      return octets;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder()
          .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      return octets;
    }
  }
}
