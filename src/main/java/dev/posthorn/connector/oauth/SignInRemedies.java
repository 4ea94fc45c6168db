package dev.posthorn.connector.oauth;

import java.util.Optional;

/// What helps, by what a provider said. Pure.
public final class SignInRemedies {
  private static final String AGAIN = "Sign in again: POST /api/v1/mailboxes/authorizations with the mailbox's address.";
  private static final String OPERATOR = "The operator of Posthorn has to look at this: ";

  private SignInRemedies() {}

  /// @param code `AADSTS700082`, or a word of OAuth
  public static String of(String code) {
    return switch (code) {
      case "AADSTS700082" -> "Nobody used the sign-in for 90 days, and Microsoft forgot it. " + AGAIN;
      case "AADSTS50173" -> "The sign-in was taken back, as it happens with a new password. " + AGAIN;
      case "AADSTS65001" -> "Consent is missing or was withdrawn. " + AGAIN + " An administrator can consent for everybody (mode application).";
      case "AADSTS65004", "access_denied" -> "Nobody consented. Try again, and accept what is asked for; where only administrators may, ask one.";
      case "AADSTS7000215" -> OPERATOR + "posthorn.microsoft365.client-secret is not the value of a secret of the application (its id is not its value).";
      case "AADSTS7000222" -> OPERATOR + "the application's secret has expired: make a new one, or better a certificate, and configure it.";
      case "AADSTS700027" -> OPERATOR + "the certificate of posthorn.microsoft365.certificate is not the one that is registered for the application.";
      case "AADSTS700024" -> OPERATOR + "the clock of this machine is wrong.";
      case "AADSTS50076" -> "Microsoft wants a second factor. " + AGAIN;
      case "AADSTS50079" -> "A second factor has to be set up first: sign in at mysignins.microsoft.com, then here. " + AGAIN;
      case "AADSTS53003" -> "A rule of conditional access keeps Posthorn out: an administrator of the directory has to make an exception. " + AGAIN;
      case "AADSTS50057" -> "The account is switched off: an administrator of the directory can switch it on, or another account signs in. " + AGAIN;
      case "AADSTS700016" -> "The directory does not know the application, or its consent was withdrawn: an administrator has to consent (mode application).";
      case "AADSTS90002" -> "There is no such directory: check the mailbox's address; a directory that moved to a national cloud is asked elsewhere.";
      case "AADSTS50011" -> OPERATOR + "posthorn.oauth.callback-url is not registered as a redirect URI of the application.";
      case "invalid_client" -> OPERATOR + "the application's id and secret do not fit.";
      case "invalid_grant", "interaction_required" -> "The sign-in is no longer good. " + AGAIN;
      case "unauthorized_client" -> OPERATOR + "the application is not allowed this way of signing in; for a service account, its delegation lacks the scope.";
      case "server_error", "temporarily_unavailable" -> "The provider has trouble: try again later.";
      default -> AGAIN;
    };
  }

  /// What is said of a grant of Google that died again and again (P-04).
  public static Optional<String> testMode(boolean diedTwice) {
    return diedTwice ? Optional.of("google-app-in-testing-mode: the sign-in ended twice within days, as it does while the application's consent"
        + " screen is in test mode. The operator has to publish it. " + AGAIN) : Optional.empty();
  }
}
