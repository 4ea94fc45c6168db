package dev.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {

  @ParameterizedTest
  @CsvSource({"RSA,PRIVATE KEY", "RSA,RSA PRIVATE KEY", "EC,PRIVATE KEY", "EC,EC PRIVATE KEY"})
  void everyUsualKindOfKeyServesTls(String algorithm, String kind, @TempDir Path directory) throws Exception {
    var made = TestCertificate.make(algorithm);
    var octets = kind.equals("PRIVATE KEY") ? made.pkcs8() : inner(made.pkcs8());
    var key = TestCertificate.write(directory.resolve("tls.key"), kind, octets);
    try (var listening = new Listening(Map.of("tls.certificate", made.certificate().toString(), "tls.key", key.toString()));
        var client = listening.connect()) {
      client.answer();
      client.ask("STARTTLS");
      client.startTls(made);
      assertThat(client.ask("EHLO c.example")).startsWith("250");
    }
  }

  /// The key inside PKCS#8: the octet string behind version and algorithm.
  private static byte[] inner(byte[] pkcs8) {
    var der = ByteBuffer.wrap(pkcs8);
    enter(der);
    skip(der);
    skip(der);
    var inner = new byte[enter(der)];
    der.get(inner);
    return inner;
  }

  private static void skip(ByteBuffer der) {
    var length = enter(der);
    der.position(der.position() + length);
  }

  private static int enter(ByteBuffer der) {
    der.get();
    int length = der.get() & 0xff;
    if (length == 0x81) length = der.get() & 0xff;
    if (length == 0x82) length = der.getShort() & 0xffff;
    return length;
  }
}
