package dev.posthorn.ingress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// A listener on a free port of 127.0.0.1, with the real configuration's defaults unless something else is said.
final class Listening implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  final House house = new House();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final SmtpListener listener;

  Listening(Map<String, String> settings) {
    listener = new SmtpListener(config(settings), house, meters, Clock.fixed(NOW, ZoneOffset.UTC));
    listener.start();
  }

  static SmtpConfig config(Map<String, String> settings) {
    var all = new HashMap<>(Map.of(
        "posthorn.smtp.shutdown-grace", "300ms",
        "posthorn.smtp.host", "127.0.0.1", "posthorn.smtp.port", "0", "posthorn.smtp.hostname", "mx.posthorn.example"));
    settings.forEach((key, value) -> all.put("posthorn.smtp." + key, value));
    return new SmallRyeConfigBuilder()
        .withMapping(SmtpConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(all, "test", 100))
        .build()
        .getConfigMapping(SmtpConfig.class);
  }

  SmtpClient connect() throws IOException {
    return new SmtpClient(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
  }

  double count(String meter, String outcome) {
    var counter = meters.find(meter).tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  @Override
  public void close() {
    listener.stop();
  }
}
