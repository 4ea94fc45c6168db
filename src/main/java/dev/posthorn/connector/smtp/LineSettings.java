package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.util.Properties;

import dev.posthorn.connector.LineWords;
import dev.posthorn.connector.smtp.SmtpAccount.Login;
import dev.posthorn.connector.smtp.SmtpAccount.Security;
import dev.posthorn.wire.OutsideReach;
import dev.posthorn.wire.Watch;
import dev.posthorn.wire.WatchedSocket;
import jakarta.mail.Session;
import jakarta.mail.URLName;

/// An account in the library's own terms. Everything that the library would look up elsewhere is said here.
final class LineSettings {

  private LineSettings() {
  }

  static Session session(SmtpAccount account) {
    return Session.getInstance(properties(account));
  }

  static WatchedSocket connect(SmtpAccount account, Watch watch, Watch.Deadline deadline) throws IOException {
    try {
      return WatchedSocket.connect(account.host(), account.port(), account.reach(), account.limits().patience(), watch, deadline);
    } catch (IOException e) {
      // The operator may know what exactly is wrong in the own network; tenants may not look around in it.
      throw account.reach() instanceof OutsideReach ? new IOException(LineWords.ofConnecting(e), e) : e;
    }
  }

  static URLName url(SmtpAccount account) {
    return switch (account.login()) {
      case Login.None() -> new URLName("smtp", account.host(), account.port(), null, null, null);
      case Login.Password(var user, var password, _, _) ->
          new URLName("smtp", account.host(), account.port(), null, user, password.reveal());
      case Login.Token(var user, var token) ->
          new URLName("smtp", account.host(), account.port(), null, user, token.reveal());
    };
  }

  private static Properties properties(SmtpAccount account) {
    var properties = new Properties();
    account.localName().ifPresent(name -> properties.setProperty("mail.smtp.localhost", name));
    var startTls = account.security() == Security.STARTTLS || account.security() == Security.STARTTLS_REQUIRED;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(account.demandsStartTls()));
    properties.put("mail.smtp.ssl.socketFactory", account.trust().sockets());
    properties.setProperty("mail.smtp.ssl.checkserveridentity", Boolean.toString(account.trust().checksName()));
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.mime.allowutf8", "false");
    switch (account.login()) {
      case Login.None() -> properties.setProperty("mail.smtp.auth", "false");
      case Login.Password(_, _, _, var mechanisms) -> {
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.auth.mechanisms", String.join(" ", mechanisms));
      }
      case Login.Token(_, _) -> {
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
      }
    }
    return properties;
  }
}
