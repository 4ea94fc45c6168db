package dev.posthorn.login;

import dev.posthorn.connector.oauth.TokenAnswers;
import dev.posthorn.connector.oauth.TokenReply;
import dev.posthorn.web.ProblemKind;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Trouble;
import io.quarkus.security.AuthenticationException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwt.consumer.InvalidJwtException;

/// What it means that a provider has sent somebody back and nobody is signed in. Of what the provider says, its word for the error alone
/// is repeated, for everything else may be anything. Pure.
final class FailedSignIn {
  /// RFC 6749, sections 4.1.2.1 and 5.2; OpenID Connect Core, section 3.1.2.6.
  private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

  private static final Duration PAUSE = Duration.ofSeconds(30);

  private FailedSignIn() {}

  /// The provider, or whoever was asked there, said no.
  ///
  /// @param error the provider's word; null for none
  static Refusal refused(String error) {
    return Refusal.of(ProblemKind.SIGN_IN_FAILED, "The provider did not let you in"
        + Optional.ofNullable(error).filter(word -> WORD.matcher(word).matches()).map(word -> ": " + word).orElse("") + ".");
  }

  /// An answer came that this browser has not asked for, or asked for too long ago.
  static Refusal unasked() {
    return Refusal.of(ProblemKind.SIGN_IN_FAILED, "This browser has not asked for it, or too long ago. Begin again.");
  }

  /// What the client of OpenID Connect threw at the end of a sign-in.
  ///
  /// @return a refusal where the answer or what was given for it is not good, trouble where the provider could not be asked
  static RuntimeException meaning(Throwable thrown) {
    if (thrown.getCause() == null) {
      // Of tokens that are not there the client says nothing, of the way back it does.
      return thrown.getMessage() == null ? unverified() : unasked();
    }
    for (var cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      var reply = TokenAnswers.reply(cause);
      if (reply.isPresent()) {
        return ofReply(reply.get(), thrown);
      }
      if (cause instanceof InvalidJwtException || cause instanceof AuthenticationException) {
        return unverified();
      }
    }
    return trouble(Optional.empty(), thrown);
  }

  private static Refusal unverified() {
    return Refusal.of(ProblemKind.SIGN_IN_FAILED, "What the provider said of you could not be verified.");
  }

  private static RuntimeException ofReply(TokenReply reply, Throwable thrown) {
    return switch (reply) {
      case TokenReply.Refused refused -> refused(refused.error());
      case TokenReply.Trouble trouble -> trouble(trouble.after(), thrown);
      case TokenReply.Granted _ -> throw new IllegalStateException("Tokens are no failure", thrown);
    };
  }

  private static Trouble trouble(Optional<Duration> after, Throwable thrown) {
    return new Trouble("The provider at which people sign in does not answer.", after.orElse(PAUSE), thrown);
  }
}
