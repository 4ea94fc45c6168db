package dev.posthorn.simulator;

import java.util.List;
import java.util.Map;

/// What Entra ID's token endpoint says when it says no. The words are shortened from what Microsoft documents.
public enum EntraError {
  /// Not used for 90 days.
  IDLE(400, "invalid_grant", 700082, "The refresh token has expired due to inactivity."),
  /// Taken back, as with a new password.
  REVOKED(400, "invalid_grant", 50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed."),
  /// It was used before, or never issued.
  UNKNOWN_GRANT(400, "invalid_grant", 70000, "The provided value for the input parameter is not valid."),
  /// A code that was used before.
  USED_CODE(400, "invalid_grant", 54005, "OAuth2 Authorization code was already redeemed."),
  /// The verifier is not the challenge's.
  WRONG_VERIFIER(400, "invalid_grant", 501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
  /// Consent was withdrawn, or never given.
  NO_CONSENT(400, "invalid_grant", 65001, "The user or administrator has not consented to use the application."),
  /// A second factor is asked for.
  MFA(400, "interaction_required", 50076, "Due to a configuration change made by your administrator, you must use multi-factor authentication."),
  /// A second factor has yet to be set up.
  MFA_SETUP(400, "interaction_required", 50079, "Due to a configuration change made by your administrator, you must enroll in multi-factor authentication."),
  /// Conditional access keeps us out.
  BLOCKED(400, "invalid_grant", 53003, "Access has been blocked by Conditional Access policies."),
  /// The user is switched off.
  DISABLED(400, "invalid_grant", 50057, "The user account is disabled."),
  /// The secret is another.
  WRONG_SECRET(401, "invalid_client", 7000215, "Invalid client secret provided."),
  /// The secret was good until it was too old.
  OLD_SECRET(401, "invalid_client", 7000222, "The provided client secret keys are expired."),
  /// The assertion is signed by a key that is not registered.
  WRONG_ASSERTION(401, "invalid_client", 700027, "Client assertion failed signature validation."),
  /// The assertion is of another time.
  ASSERTION_TIME(401, "invalid_client", 700024, "Client assertion is not within its valid time range."),
  /// No such application there: nobody has consented for the directory.
  NO_APPLICATION(400, "unauthorized_client", 700016, "Application was not found in the directory."),
  /// No such directory.
  NO_DIRECTORY(400, "invalid_request", 90002, "Tenant not found."),
  /// The scope makes no sense.
  BAD_SCOPE(400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid."),
  /// It does not do well just now.
  UNAVAILABLE(503, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.");

  private final int status;
  private final String error;
  private final int code;
  private final String words;

  EntraError(int status, String error, int code, String words) {
    this.status = status;
    this.error = error;
    this.code = code;
    this.words = words;
  }

  /// The number after AADSTS.
  public int code() {
    return code;
  }

  /// The answer.
  public Reply reply() {
    return Reply.json(status, Map.of("error", error, "error_description", "AADSTS" + code + ": " + words + " Trace ID: 0 Correlation ID: 0",
        "error_codes", List.of(code), "trace_id", "00000000-0000-0000-0000-000000000000"));
  }

  /// The answer as a fault.
  public Fault fault() {
    return new Fault.Answer(reply());
  }
}
