package dev.posthorn.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/// A domain's key, and mails signed with it.
public record DkimKey(String domain, KeyPair pair) {
  public static DkimKey of(String domain, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new DkimKey(domain, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same key whoever asks, also from the other class loader of a test profile.
  public static DkimKey shared(String domain) {
    var kept = (String) System.getProperties().computeIfAbsent("posthorn.test.dkim." + domain, _ -> written(of(domain, 2048).pair));
    var parts = kept.split(" ");
    try {
      var keys = KeyFactory.getInstance("RSA");
      return new DkimKey(domain, new KeyPair(keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(parts[0]))),
          keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[1])))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String written(KeyPair pair) {
    var encoder = Base64.getEncoder();
    return encoder.encodeToString(pair.getPublic().getEncoded()) + " " + encoder.encodeToString(pair.getPrivate().getEncoded());
  }

  public String name() {
    return "key1._domainkey." + domain;
  }

  /// What stands in the DNS.
  public String record() {
    return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  public byte[] sign(byte[] mail) {
    return sign(mail, "");
  }

  /// @param more further tags of the signature, each ended by `;`
  public byte[] sign(byte[] mail, String more) {
    try {
      var template = "v=1; s=key1; d=" + domain + "; h=from:to:subject:date; a=rsa-sha256; c=relaxed/relaxed;" + more + " bh=; b=;";
      var field = new DKIMSigner(template, pair.getPrivate()).sign(new ByteArrayInputStream(mail));
      return (field.strip() + "\r\n" + new String(mail, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    } catch (IOException | FailException e) {
      throw new IllegalStateException(e);
    }
  }
}
