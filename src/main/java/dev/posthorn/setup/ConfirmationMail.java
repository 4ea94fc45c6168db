package dev.posthorn.setup;

import dev.posthorn.mail.Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises the mail by which Gmail and Google Workspace ask whether an address may be forwarded to. Its words are in whichever
/// language the mailbox's owner has; its sender, its number and its links are not. Pure.
///
/// @param address who wants to forward; empty where the mail does not say it in a form that is known
public record ConfirmationMail(String provider, Optional<String> address, Optional<String> code, Optional<String> link) {
  private static final String GMAIL = "gmail";
  private static final String SENDER = "forwarding-noreply@google.com";

  /// The subject begins with the code: `(#123456789) Gmail Forwarding Confirmation - Receive Mail from ...`.
  private static final Pattern CODE = Pattern.compile("\\(#(\\d{6,12})\\)");

  /// The links that confirm begin with `vf-`; those that cancel with `uf-`.
  private static final Pattern LINK = Pattern.compile("https://(?:mail-settings|mail|isolated\\.mail)\\.google\\.com/mail/vf-[A-Za-z0-9%_.~-]{10,500}");

  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}");

  /// @param sender From; whether that is believed is for the caller to say
  /// @param to our address, which the mail names too
  /// @return empty for any other mail, and for one of theirs that asks nothing
  public static Optional<ConfirmationMail> of(Address sender, String subject, String text, String to) {
    if (!sender.normalized().equals(SENDER)) {
      return Optional.empty();
    }
    var code = first(CODE.matcher(subject)).or(() -> first(CODE.matcher(text)));
    var link = LINK.matcher(text);
    var found = link.find() ? Optional.of(link.group()) : Optional.<String>empty();
    if (code.isEmpty() && found.isEmpty()) {
      return Optional.empty();
    }
    var address = ADDRESS.matcher(subject + "\n" + text).results().map(match -> match.group().toLowerCase(Locale.ROOT))
        .filter(one -> !one.equals(to) && !one.endsWith("@google.com")).findFirst();
    return Optional.of(new ConfirmationMail(GMAIL, address, code, found));
  }

  private static Optional<String> first(Matcher found) {
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
