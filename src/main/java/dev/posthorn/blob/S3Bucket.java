package dev.posthorn.blob;

import dev.posthorn.mail.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Base64;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// A bucket of S3, or of a server that speaks its protocol.
///
/// The hash goes with the bytes (`x-amz-checksum-sha256`): a bucket that knows it refuses what was damaged on the way. Whoever
/// reads checks it all the same ([Verified]).
final class S3Bucket implements Bucket, AutoCloseable {
  private static final String TYPE = "application/octet-stream";

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  /// @param bucket its name, which is configured
  S3Bucket(BlobConfig.S3 config, String bucket) {
    this.bucket = bucket;
    this.prefix = config.prefix().orElse("");
    var builder = S3Client.builder()
        .region(Region.of(config.region()))
        .forcePathStyle(config.pathStyle())
        .credentialsProvider(credentials(config))
        // Only what is asked for here: what newer servers want by default, older ones refuse.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(config.connectTimeout()).socketTimeout(config.answerTimeout()));
    config.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    client = builder.build();
  }

  private static AwsCredentialsProvider credentials(BlobConfig.S3 config) {
    return config.accessKey().<AwsCredentialsProvider>map(name -> StaticCredentialsProvider.create(
            AwsBasicCredentials.create(name, config.secretKey().orElseThrow(() -> new IllegalArgumentException("posthorn.blob.s3.secret-key is missing")))))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  @Override
  public void put(String object, Sha256 sha256, long size, Supplier<InputStream> bytes) throws IOException {
    var request = PutObjectRequest.builder().bucket(bucket).key(prefix + object).contentType(TYPE).contentLength(size)
        .checksumSHA256(Base64.getEncoder().encodeToString(sha256.bytes())).build();
    try {
      client.putObject(request, RequestBody.fromContentProvider(bytes::get, size, TYPE));
    } catch (SdkException e) {
      throw away(e);
    }
  }

  @Override
  public InputStream get(String object, long from) throws IOException {
    var request = GetObjectRequest.builder().bucket(bucket).key(prefix + object);
    if (from > 0) {
      request.range("bytes=" + from + "-");
    }
    try {
      return new Rest(client.getObject(request.build()));
    } catch (NoSuchKeyException e) {
      throw new IOException("The bucket has no object " + object, e);
    } catch (SdkException e) {
      throw away(e);
    }
  }

  @Override
  public void delete(String object) throws IOException {
    try {
      client.deleteObject(DeleteObjectRequest.builder().bucket(bucket).key(prefix + object).build());
    } catch (SdkException e) {
      throw away(e);
    }
  }

  private static IOException away(SdkException cause) {
    return new IOException("The bucket does not do what it is asked for: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    client.close();
  }

  /// What is not read to its end is let go, not read in silence.
  private static final class Rest extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> answer;
    private boolean ended;

    Rest(ResponseInputStream<GetObjectResponse> answer) {
      super(answer);
      this.answer = answer;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      ended |= octet < 0;
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      ended |= count < 0;
      return count;
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        super.close();
      } else {
        answer.abort();
      }
    }
  }
}
