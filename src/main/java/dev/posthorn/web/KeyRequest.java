package dev.posthorn.web;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Somebody shows a key.
///
/// The address is where they are, as the network says it: how often wrong keys come from there is limited.
final class KeyRequest extends BaseAuthenticationRequest {
  private final String token;
  private final String address;

  KeyRequest(String token, String address) {
    this.token = token;
    this.address = address;
  }

  String token() {
    return token;
  }

  String address() {
    return address;
  }
}
