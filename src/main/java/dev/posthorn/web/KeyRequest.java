package dev.posthorn.web;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Somebody shows a key.
final class KeyRequest extends BaseAuthenticationRequest {
  private final String token;

  KeyRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
