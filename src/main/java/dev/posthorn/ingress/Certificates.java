package dev.posthorn.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;

/// The certificate and key for STARTTLS, read again when their files change: they are renewed while the service runs.
final class Certificates {

  private static final Logger LOG = Logger.getLogger(Certificates.class);
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

  private final Path certificate;
  private final Path key;
  private List<FileTime> readAt;
  private SSLSocketFactory factory;

  /// @throws IOException the files cannot be read or do not hold what they should; the text names the file, never its content
  Certificates(Path certificate, Path key) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.readAt = changedAt();
    this.factory = read();
  }

  /// @return empty when neither is set
  /// @throws IOException they cannot be used, or only one of them is set
  static Optional<Certificates> of(SmtpConfig.Tls tls) throws IOException {
    if (tls.certificate().isEmpty() && tls.key().isEmpty()) return Optional.empty();
    if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
      throw new IOException("posthorn.smtp.tls needs both, certificate and key");
    }
    return Optional.of(new Certificates(tls.certificate().get(), tls.key().get()));
  }

  /// From the files as they are now, or as they were when they last were good.
  synchronized SSLSocketFactory factory() {
    try {
      var changedAt = changedAt();
      if (!changedAt.equals(readAt)) {
        factory = read();
        readAt = changedAt;
        LOG.info("A new certificate for STARTTLS is in use");
      }
    } catch (IOException trouble) {
      LOG.errorf("The new certificate for STARTTLS cannot be used: %s", trouble.getMessage());
    }
    return factory;
  }

  private List<FileTime> changedAt() throws IOException {
    return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  private SSLSocketFactory read() throws IOException {
    try (var pem = Files.newInputStream(certificate)) {
      var chain = CertificateFactory.getInstance("X.509").generateCertificates(pem).toArray(Certificate[]::new);
      if (chain.length == 0) throw new IOException("No certificate in " + certificate);
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("smtp", privateKey(chain[0]), new char[0], chain);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException unusable) {
      // The cause is left out: it might quote the key.
      throw new IOException("No usable certificate and key in " + certificate + " and " + key);
    }
  }

  private PrivateKey privateKey(Certificate of) throws IOException, GeneralSecurityException {
    var pem = PRIVATE_KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
    if (!pem.find()) throw new IOException("No unencrypted private key in " + key);
    var octets = Base64.getMimeDecoder().decode(pem.group(2));
    var pkcs8 = pem.group(1).isEmpty() ? octets : pkcs8(octets, of);
    return KeyFactory.getInstance(of.getPublicKey().getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /// PKCS#1 and SEC 1 keys lack the algorithm (and curve) that PKCS#8 puts in front (RFC 5208 5); it is the one with which
  /// the certificate's public key begins (RFC 5280 4.1).
  private static byte[] pkcs8(byte[] key, Certificate certificate) {
    var publicKey = ByteBuffer.wrap(certificate.getPublicKey().getEncoded());
    enter(publicKey);
    var start = publicKey.position();
    var length = enter(publicKey);
    var algorithm = new byte[publicKey.position() - start + length];
    publicKey.get(start, algorithm);
    return der(0x30, new byte[] {2, 1, 0}, algorithm, der(4, key));
  }

  /// Steps over a DER tag and length.
  ///
  /// @return the length
  private static int enter(ByteBuffer der) {
    der.get();
    var first = der.get() & 0xff;
    if (first < 0x80) return first;
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) length = length << 8 | der.get() & 0xff;
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (var part : parts) length += part.length;
    var octets = new ByteArrayOutputStream(length + 4);
    octets.write(tag);
    if (length > 255) {
      octets.write(0x82);
      octets.write(length >> 8);
    } else if (length > 127) {
      octets.write(0x81);
    }
    octets.write(length);
    for (var part : parts) octets.writeBytes(part);
    return octets.toByteArray();
  }
}
