package dev.posthorn.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A server that speaks the protocol of S3, on 127.0.0.1, with one bucket that lies on this machine's disk; and a [Gate] before it.
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "posthorn-blobs";
  private static final String NAME = "tests";
  private static final String KEY = "only-for-tests-never-for-a-real-bucket";

  private final Path directory;
  private final BlobStore store;
  private final S3Proxy server;
  private final Gate gate;

  private S3Server(int port) {
    try {
      directory = Files.createTempDirectory("s3-");
      var where = new Properties();
      where.setProperty("jclouds.filesystem.basedir", directory.toString());
      store = BlobStores.create("filesystem-nio2", where);
      store.createContainer(BUCKET);
      server = S3Proxy.Builder.fromProperties(settings()).blobStore(store).endpoint(URI.create("http://127.0.0.1:0")).build();
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    gate = Gate.at(port, server.getPort());
  }

  private static Properties settings() {
    var settings = new Properties();
    settings.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
    settings.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    settings.setProperty("s3proxy.identity", NAME);
    settings.setProperty("s3proxy.credential", KEY);
    return settings;
  }

  public static S3Server start() {
    return start(0);
  }

  /// One that is reached at that port.
  public static S3Server start(int port) {
    return new S3Server(port);
  }

  /// What the service must be told to keep its bytes there.
  public Map<String, String> config() {
    return config(gate.port());
  }

  /// The same of one that will be reached at that port.
  public static Map<String, String> config(int port) {
    return Map.of("posthorn.blob.s3.bucket", BUCKET, "posthorn.blob.s3.endpoint", "http://127.0.0.1:" + port,
        "posthorn.blob.s3.path-style", "true", "posthorn.blob.s3.access-key", NAME, "posthorn.blob.s3.secret-key", KEY);
  }

  /// The network between the service and the bucket.
  public Gate gate() {
    return gate;
  }

  /// The names of all objects.
  public List<String> objects() {
    return store.list(ListObjectsV2Request.builder().bucket(BUCKET).maxKeys(1000).build()).contents().stream().map(S3Object::key).toList();
  }

  /// Changes the bytes of an object behind everybody's back.
  public void overwrite(String object, byte[] bytes) {
    store.putBlob(PutObjectRequest.builder().bucket(BUCKET).key(object).contentLength((long) bytes.length).build(), new ByteArrayInputStream(bytes));
  }

  @Override
  public void close() {
    gate.close();
    try {
      server.stop();
      store.close();
      Files.walkFileTree(directory, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
          Files.delete(file);
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, IOException trouble) throws IOException {
          Files.delete(visited);
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
