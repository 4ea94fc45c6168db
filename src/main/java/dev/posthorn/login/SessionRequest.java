package dev.posthorn.login;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Somebody shows a session.
final class SessionRequest extends BaseAuthenticationRequest {
  private final LoginSessions.Shown shown;

  SessionRequest(LoginSessions.Shown shown) {
    this.shown = shown;
  }

  LoginSessions.Shown shown() {
    return shown;
  }
}
