package dev.posthorn.channel;

import dev.posthorn.connector.Step;
import java.util.Locale;

/// What may help, from the step at which it ended and the server's words. Pure.
final class Remedies {
  /// Which of a mailbox's two servers it is about.
  enum Side {
    IMAP,
    SMTP
  }

  private Remedies() {}

  /// @param host of the server, in small letters
  static String hint(Side side, String host, Step step, String words) {
    var said = words.toLowerCase(Locale.ROOT);
    if (said.contains("application-specific password")) {
      return "Google wants an app password here: 2-step verification is needed for that. Switch it on in the Google account, make an"
          + " app password at myaccount.google.com/apppasswords, and paste its 16 letters.";
    }
    if (said.contains("web login required") || said.contains("webalert")) {
      return "Google wants its owner to sign in once in a browser; then try again.";
    }
    return switch (step) {
      case CONNECT -> connect(side, said);
      case GREETING -> "If the port is encrypted from the first octet, set security to tls; usual is "
          + (side == Side.IMAP ? "993 with tls." : "465 with tls or 587 with starttls.");
      case TLS -> tls(said);
      case TOKEN -> "The provider's sign-in has trouble: it is tried again by itself. If it stays, ask the operator of Posthorn.";
      case LOGIN -> login(side, host, said);
      case FOLDER -> "Name a folder that the mailbox has; INBOX there always is.";
      case SENT_FOLDER -> "Name the folder with sentFolder, or set keepSent to false.";
      case MAIL -> side == Side.SMTP
          ? "The server does not let this account send from this address. Give it the right to, or connect the account by its own address."
          : "Try again later; if it stays so, ask the provider.";
    };
  }

  /// The same for a mailbox by sign-in, from the provider's words alone.
  static String bySignIn(String words) {
    var said = words.toLowerCase(Locale.ROOT);
    if (said.contains("erroraccessdenied")) {
      return "Whoever signed in has no access to this mailbox: an administrator gives it in the Exchange admin center (Full Access to read, Send As to"
          + " answer). For an application, the mailbox must be within its scope.";
    }
    if (said.contains("errorinvaliduser") || said.contains("resourcenotfound")) {
      return "There is no mailbox with this address in the directory: check its spelling; for a shared mailbox use its principal name.";
    }
    if (said.contains("mailboxnotenabledforrestapi")) {
      return "The mailbox is not in Exchange Online, or has no licence there.";
    }
    if (said.startsWith("the mailbox of ")) {
      return "The sign-in is for another mailbox: sign in with the account whose mailbox it is.";
    }
    return said.contains("there is no folder") || said.contains("there is no label") ? "Name a folder that the mailbox has; INBOX there always is." : "Try again later; if it stays so, ask the operator of Posthorn.";
  }

  private static String connect(Side side, String said) {
    return said.contains("no such host") ? "Check the spelling of the host name."
        : "Check the port, and that the provider allows " + (side == Side.IMAP ? "IMAP. Usual is 993 with tls."
            : "SMTP from outside. Usual is 465 with tls or 587 with starttls.");
  }

  private static String tls(String said) {
    if (said.contains("plaintext") || said.contains("unrecognized ssl message") || said.contains("unsupported or unrecognized")) {
      return "The port is not encrypted from the first octet: set security to starttls, or use another port.";
    }
    if (said.contains("does not encrypt")) {
      return "The server offers no encryption on this port: use tls with its encrypted port.";
    }
    return "The certificate is not trusted, or it is for another name: use the host name that the provider names.";
  }

  private static String login(Side side, String host, String said) {
    if (isGoogle(host)) {
      return said.contains("not enabled for imap") || said.contains("imap access is disabled")
          ? "IMAP is switched off for this account: an administrator of Google Workspace can switch it on."
          : "Google lets programs in with an app password only, which needs 2-step verification. Make one at"
              + " myaccount.google.com/apppasswords and paste its 16 letters; the account's own password does not work.";
    }
    if (isMicrosoft(host)) {
      return "Microsoft lets nobody in with a password any more: connect it as a mailbox of kind microsoft365, or forward its mail to a"
          + " forwarding address.";
    }
    if (said.contains("offers no login") || said.contains("wants it encrypted")) {
      return "The server takes a password on an encrypted line alone: set security to tls or starttls.";
    }
    return "Check user name and password" + (side == Side.SMTP ? " of the SMTP server" : "")
        + ". Many providers want a password made for programs (an app password), and " + (side == Side.IMAP ? "IMAP" : "SMTP")
        + " to be switched on in the mailbox's settings.";
  }

  static boolean isGoogle(String host) {
    return isOf(host, "gmail.com", "googlemail.com", "google.com");
  }

  static boolean isMicrosoft(String host) {
    return isOf(host, "outlook.com", "office365.com", "hotmail.com", "live.com");
  }

  private static boolean isOf(String host, String... domains) {
    for (var domain : domains) {
      if (host.equals(domain) || host.endsWith("." + domain)) {
        return true;
      }
    }
    return false;
  }
}
