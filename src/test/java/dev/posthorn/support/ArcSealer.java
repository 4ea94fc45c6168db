package dev.posthorn.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A server that passes mail on and seals it (RFC 8617, section 5.1), written without the library that checks: relaxed headers and
/// relaxed body, RSA.
///
/// @param key whose domain seals
public record ArcSealer(DkimKey key) {
  private static final String SIGNED = "from:to:subject:date";

  /// The mail as it goes on.
  ///
  /// @param results what the server found out when the mail came, without instance and name: `dmarc=pass header.from=acme.example`
  /// @param valid   what it says of the chain as it came: `none`, `pass`, `fail`
  public byte[] passOn(byte[] mail, String results, String valid) {
    var text = new String(mail, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n") + 2;
    var fields = new ArrayList<>(List.of(text.substring(0, end).split("\r\n(?![ \t])")));
    int instance = (int) fields.stream().filter(field -> field.startsWith("ARC-Seal:")).count() + 1;
    var found = "ARC-Authentication-Results: i=" + instance + "; mx." + key.domain() + ";\r\n " + results;
    var signature = signed("ARC-Message-Signature: i=" + instance + "; a=rsa-sha256; c=relaxed/relaxed; d=" + key.domain() + "; s=key1;\r\n h=" + SIGNED
        + "; bh=" + hash(text.substring(end + 2)) + ";\r\n b=", IntStream.range(0, 4).mapToObj(n -> relaxed(last(fields, SIGNED.split(":")[n])) + "\r\n").toList());
    var before = new ArrayList<String>();
    for (int set = 1; set < instance; set++) {
      for (var name : List.of("ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal")) {
        before.add(relaxed(one(fields, name, set)) + "\r\n");
      }
    }
    before.add(relaxed(found) + "\r\n");
    before.add(relaxed(signature) + "\r\n");
    var seal = signed("ARC-Seal: i=" + instance + "; a=rsa-sha256; d=" + key.domain() + "; s=key1; cv=" + valid + ";\r\n b=", before);
    return String.join("\r\n", seal, signature, found, text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String signed(String field, List<String> before) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.pair().getPrivate());
      for (var part : before) {
        signature.update(part.getBytes(StandardCharsets.ISO_8859_1));
      }
      signature.update(relaxed(field).getBytes(StandardCharsets.ISO_8859_1));
      return field + Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String relaxed(String field) {
    int colon = field.indexOf(':');
    return field.substring(0, colon).toLowerCase(Locale.ROOT) + ":" + field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
  }

  private static String last(List<String> fields, String name) {
    return fields.stream().filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":")).reduce((_, later) -> later).orElseThrow();
  }

  private static String one(List<String> fields, String name, int instance) {
    return fields.stream().filter(field -> field.startsWith(name + ": i=" + instance + ";")).findFirst().orElseThrow();
  }

  private static String hash(String body) {
    var lines = body.replaceAll("[ \t]+", " ").replace(" \r\n", "\r\n").replaceAll("(\r\n)+$", "");
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest((lines + (lines.isEmpty() ? "" : "\r\n")).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
