package dev.posthorn.trust;

import dev.posthorn.mail.Mail;
import dev.posthorn.mail.RawMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.Result;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;

/// Checks the signatures of a mail (RFC 6376).
final class DkimCheck {
  private final SigningKeys keys;
  private final int most;

  DkimCheck(SigningKeys keys, int most) {
    this.keys = keys;
    this.most = most;
  }

  /// @param domains whose signatures hold
  /// @param doubt   whether a signature that could have proven From could not be checked
  record Outcome(Verdict verdict, List<String> domains, boolean doubt) {}

  /// @param matters  whether a domain's signature could prove From
  /// @param patience how long keys of domains that do not matter are asked for: a forger must not use up the time
  Outcome check(Mail mail, RawMail raw, Predicate<String> matters, Duration patience) {
    var signatures = mail.headers("DKIM-Signature").size();
    if (signatures == 0) {
      return new Outcome(Verdict.NONE, List.of(), false);
    }
    if (signatures > most) {
      return new Outcome(Verdict.POLICY, List.of(), false);
    }
    var doubt = new AtomicBoolean();
    var patient = keys.within(patience, matters, counts -> doubt.compareAndSet(false, counts));
    var verifier = new DKIMVerifier((_, selector, domain) -> patient.records(selector, domain));
    try (var in = raw.open()) {
      verifier.verify(in);
    } catch (FailException e) {
      // Each signature's own result is told below.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      // Whatever a stranger wrote there: nothing is proven by it.
      return new Outcome(Verdict.PERMERROR, List.of(), false);
    }
    return outcome(verifier.getResults(), doubt.get());
  }

  private static Outcome outcome(List<Result> results, boolean doubt) {
    var domains = new ArrayList<String>();
    var verdicts = new ArrayList<Verdict>();
    for (var result : results) {
      var verdict = verdict(result);
      verdicts.add(verdict);
      if (verdict == Verdict.PASS) {
        domains.add(String.valueOf(result.getRecord().getDToken()).toLowerCase(Locale.ROOT));
      }
    }
    var overall = List.of(Verdict.PASS, Verdict.TEMPERROR, Verdict.FAIL, Verdict.POLICY).stream().filter(verdicts::contains).findFirst();
    return new Outcome(overall.orElse(Verdict.PERMERROR), domains.stream().distinct().toList(), doubt);
  }

  private static Verdict verdict(Result result) {
    if (result.isSuccess()) {
      var record = result.getRecord();
      // With a length, anybody can add to the body (RFC 6376, section 8.2); SHA-1 proves nothing any more (RFC 8301).
      return record.getBodyHashLimit() != -1 || isWeak(record) ? Verdict.POLICY : Verdict.PASS;
    }
    return switch (result.getResultType()) {
      case TEMPERROR -> Verdict.TEMPERROR;
      case PERMERROR -> Verdict.PERMERROR;
      default -> Verdict.FAIL;
    };
  }

  private static boolean isWeak(SignatureRecord record) {
    return String.valueOf(record.getHashMethod()).equalsIgnoreCase("sha1");
  }
}
