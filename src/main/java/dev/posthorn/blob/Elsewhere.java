package dev.posthorn.blob;

import dev.posthorn.mail.Sha256;
import dev.posthorn.web.Trouble;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// The bucket, if one is configured, and how bytes are read from it.
@ApplicationScoped
class Elsewhere {
  private static final Duration COME_AGAIN = Duration.ofSeconds(30);

  private final Optional<S3Bucket> bucket;

  Elsewhere(BlobConfig config) {
    bucket = config.s3().bucket().map(name -> new S3Bucket(config.s3(), name));
  }

  Optional<Bucket> bucket() {
    return bucket.map(Bucket.class::cast);
  }

  /// The bytes of a blob that lies there, compared with their hash at the end.
  ///
  /// @throws Trouble where the bucket does not answer
  InputStream open(String object, Sha256 sha256) {
    try {
      return new Verified(get(object, 0), sha256);
    } catch (IOException e) {
      throw new Trouble("The store of attachments and originals does not answer.", COME_AGAIN, e);
    }
  }

  /// The same, not before somebody reads: many can be held without as many connections.
  InputStream openLater(String object, Sha256 sha256) {
    return new Verified(new InputStream() {
      private InputStream opened;

      private InputStream bytes() throws IOException {
        if (opened == null) {
          opened = get(object, 0);
        }
        return opened;
      }

      @Override
      public int read() throws IOException {
        return bytes().read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return bytes().read(target, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (opened != null) {
          opened.close();
        }
      }
    }, sha256);
  }

  /// The bytes of an object from that one on, not compared with anything.
  InputStream get(String object, long from) throws IOException {
    return bucket.orElseThrow(() -> new IOException("The object " + object + " lies in a bucket, and posthorn.blob.s3.bucket names none"))
        .get(object, from);
  }

  @PreDestroy
  void close() {
    bucket.ifPresent(S3Bucket::close);
  }
}
