package dev.posthorn.trust;

import dev.posthorn.mail.RawMail;
import dev.posthorn.trust.ArcSet.Broken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.jdkim.DKIMCommon;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.TempFailException;
import org.apache.james.jdkim.impl.BodyHasherImpl;
import org.apache.james.jdkim.impl.Message;
import org.apache.james.jdkim.tagvalue.SignatureRecordImpl;
import org.apache.james.mime4j.MimeException;

/// Checks the chain of those who passed a mail on (RFC 8617, section 5.2). The library canonicalises and hashes as for DKIM; the
/// chain is ours.
final class ArcCheck extends DKIMCommon {
  private final SigningKeys keys;
  private final int most;

  /// @param most sets that are looked at: each costs a question to the DNS
  ArcCheck(SigningKeys keys, int most) {
    this.keys = keys;
    this.most = most;
  }

  /// @param sealer  who has sealed last, where the chain holds
  /// @param results what that one found out about the mail as it came there: the value of ARC-Authentication-Results
  record Outcome(Verdict verdict, Optional<String> sealer, Optional<String> results) {
    static Outcome of(Verdict verdict) {
      return new Outcome(verdict, Optional.empty(), Optional.empty());
    }
  }

  /// Whatever a stranger wrote there is a result.
  ///
  /// @param patience how long keys are asked for
  Outcome check(RawMail raw, Duration patience) {
    Message mail = null;
    try (var in = raw.open()) {
      mail = new Message(in);
      return check(mail, keys.within(patience));
    } catch (Broken e) {
      return Outcome.of(Verdict.FAIL);
    } catch (TempFailException e) {
      return Outcome.of(Verdict.TEMPERROR);
    } catch (FailException | GeneralSecurityException | IllegalArgumentException e) {
      return Outcome.of(Verdict.FAIL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MimeException | RuntimeException e) {
      return Outcome.of(Verdict.PERMERROR);
    } finally {
      if (mail != null) {
        mail.dispose();
      }
    }
  }

  private Outcome check(Message mail, SigningKeys.Patient patient) throws Broken, FailException, GeneralSecurityException, IOException {
    if (mail.getFields("ARC-Seal").size() > most) {
      return Outcome.of(Verdict.POLICY);
    }
    var sets = ArcSet.of(mail);
    if (sets.isEmpty()) {
      return Outcome.of(Verdict.NONE);
    }
    var newest = sets.getLast();
    demandMessage(mail, newest, patient);
    for (int last = sets.size(); last > 0; last--) {
      demandSeal(sets.subList(0, last), patient);
    }
    return new Outcome(Verdict.PASS, Optional.of(newest.sealer()), Optional.of(ArcSet.value(newest.results())));
  }

  /// The newest signature holds for the mail as it is here; those before may not, for whoever passes on may change.
  private static void demandMessage(Message mail, ArcSet set, SigningKeys.Patient patient)
      throws Broken, FailException, GeneralSecurityException, IOException {
    var field = set.signature();
    var tags = ArcSet.tags(field);
    var signed = ArcSet.tag(field, "h").toLowerCase(Locale.ROOT);
    var names = Arrays.asList(signed.split(":"));
    if (tags.containsKey("l") || !names.contains("from") || names.contains("arc-seal")) {
      throw new Broken("What it signs proves nothing");
    }
    var canonical = tags.getOrDefault("c", "simple/simple").toLowerCase(Locale.ROOT);
    boolean relaxed = canonical.split("/")[0].equals("relaxed");
    // The library wants a whole signature of DKIM's to know how a body is hashed.
    var hasher = new BodyHasherImpl(new SignatureRecordImpl("v=1; a=rsa-sha256; c=" + canonical + "; d=a.example; s=a; h=from; bh=; b="));
    try (var body = mail.getBodyInputStream(); var into = hasher.getOutputStream()) {
      body.transferTo(into);
    }
    if (!MessageDigest.isEqual(hasher.getDigest(), Base64.getDecoder().decode(ArcSet.tag(field, "bh")))) {
      throw new Broken("The body is not the one that was signed");
    }
    var signature = signature(field, patient);
    signFields(mail, names, relaxed, signature);
    updateSignature(signature, relaxed, "arc-message-signature", ArcSet.unsigned(field));
    demand(signature, field);
  }

  /// Of several fields of one name the lowest first; of one that is not there, nothing (RFC 6376, section 5.4.2).
  private static void signFields(Message mail, List<String> names, boolean relaxed, Signature signature) throws GeneralSecurityException {
    var used = new HashMap<String, Integer>();
    for (var name : names) {
      var fields = mail.getFields(name);
      int nth = used.merge(name, 1, Integer::sum);
      if (nth <= fields.size()) {
        updateSignature(signature, relaxed, name, fields.get(fields.size() - nth));
        signature.update("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /// The last of these seals holds for all of these sets.
  private static void demandSeal(List<ArcSet> sets, SigningKeys.Patient patient) throws Broken, FailException, GeneralSecurityException {
    var seal = sets.getLast().seal();
    if (ArcSet.tags(seal).containsKey("h")) {
      throw new Broken("A seal does not choose what it seals");
    }
    var signature = signature(seal, patient);
    for (var set : sets) {
      updateSignature(signature, true, "arc-authentication-results", set.results());
      signature.update("\r\n".getBytes(StandardCharsets.US_ASCII));
      updateSignature(signature, true, "arc-message-signature", set.signature());
      signature.update("\r\n".getBytes(StandardCharsets.US_ASCII));
      boolean own = set.instance() == sets.size();
      updateSignature(signature, true, "arc-seal", own ? ArcSet.unsigned(seal) : set.seal());
      if (!own) {
        signature.update("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    demand(signature, seal);
  }

  private static Signature signature(String field, SigningKeys.Patient patient) throws Broken, FailException, GeneralSecurityException {
    var algorithm = switch (ArcSet.tag(field, "a").toLowerCase(Locale.ROOT)) {
      case "rsa-sha256" -> "SHA256withRSA";
      default -> throw new Broken("An algorithm that proves nothing");
    };
    var records = patient.records(ArcSet.tag(field, "s"), ArcSet.tag(field, "d"));
    var signature = Signature.getInstance(algorithm);
    signature.initVerify(new DKIMVerifier().publicKeySelector(records).getPublicKey());
    return signature;
  }

  private static void demand(Signature signature, String field) throws Broken, GeneralSecurityException {
    if (!signature.verify(Base64.getDecoder().decode(ArcSet.tag(field, "b")))) {
      throw new Broken("A signature does not hold");
    }
  }
}
