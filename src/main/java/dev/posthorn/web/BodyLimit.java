package dev.posthorn.web;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads no more JSON than is allowed, whatever length the client announced, or none. Streams of other types limit
/// themselves.
@Provider
public class BodyLimit implements ReaderInterceptor {
  // The framework makes its providers before the configuration can be read.
  private final Instance<WebConfig> config;

  BodyLimit(Instance<WebConfig> config) {
    this.config = config;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
    if (json(body.getMediaType()) && !stream(body.getType())) {
      var max = config.get().maxJsonBytes();
      var announced = body.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH);
      if (announced != null && Long.parseLong(announced) > max) {
        throw Refusal.tooLarge(max);
      }
      body.setInputStream(new Limited(body.getInputStream(), max));
    }
    return body.proceed();
  }

  private static boolean json(MediaType type) {
    return type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
  }

  /// An uploaded file may happen to be JSON; whoever reads the stream limits it.
  private static boolean stream(Class<?> type) {
    return InputStream.class.isAssignableFrom(type);
  }

  private static final class Limited extends FilterInputStream {
    private final long max;
    private long read;

    Limited(InputStream in, long max) {
      super(in);
      this.max = max;
    }

    @Override
    public int read() throws IOException {
      var octet = super.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      var count = super.read(target, offset, length);
      count(Math.max(0, count));
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void count(int more) {
      read += more;
      if (read > max) {
        throw Refusal.tooLarge(max);
      }
    }
  }
}
