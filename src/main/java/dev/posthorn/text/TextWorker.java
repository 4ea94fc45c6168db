package dev.posthorn.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.mail.CleanText;
import dev.posthorn.tenant.Ids;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Places;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.Worker;
import dev.posthorn.text.TextOutbox.Claim;
import dev.posthorn.text.TextOutbox.Sending;
import dev.posthorn.wire.WebLine;
import dev.posthorn.wire.WebhookSignature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/// Gives texts to their gateways: claim, call without a transaction, settle. Each on a virtual thread of its own, at most so many at
/// once.
@ApplicationScoped
class TextWorker implements Worker {
  private static final Logger LOG = Logger.getLogger(TextWorker.class);

  /// With these a gateway says that it will never take this text. Everything else that is no success may be its trouble, or that of
  /// who set it up.
  private static final Set<Integer> FOR_GOOD = Set.of(400, 410, 413, 422);

  private final TextOutbox outbox;
  private final WebLine line;
  private final ObjectMapper json;
  private final TextConfig config;
  private final Clock clock;
  private final Places places;
  private final Loop loop;

  TextWorker(TextOutbox outbox, WebLine line, ObjectMapper json, TextConfig config, Clock clock) {
    this.outbox = outbox;
    this.line = line;
    this.json = json;
    this.config = config;
    this.clock = clock;
    this.places = new Places(config.batch());
    this.loop = new Loop("posthorn-texts", config.pollInterval(), this::round, places::end);
  }

  @Override
  public List<Loop> loops() {
    return config.enabled() ? List.of(loop) : List.of();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) TextWaits waits) {
    loop.wake();
  }

  private boolean round() throws Exception {
    return places.fill(config.pollInterval(), outbox::claim, this::give);
  }

  private void give(Claim claim) {
    try {
      Tenancy.run(claim.tenant(), () -> outbox.begin(claim).ifPresent(sending -> outbox.settle(sending.id(), given(sending))));
    } catch (RuntimeException e) {
      // It is due again when its lease has ended, with the same id.
      LOG.errorf(e, "The text %s failed, incident %s", claim.id(), Ids.next());
    }
  }

  private GatewayAnswer given(Sending text) {
    var body = body(text);
    long timestamp = clock.instant().getEpochSecond();
    var headers = Map.of("Content-Type", "application/json", "User-Agent", "Posthorn", "webhook-id", text.id().toString(),
        "webhook-timestamp", String.valueOf(timestamp), "webhook-signature", WebhookSignature.of(text.secret(), text.id().toString(), timestamp, body));
    try {
      var answer = line.call("POST", text.gateway(), headers, body, config.timeout(), config.maxAnswerBytes());
      return meaning(answer.status(), CleanText.lines(new String(answer.body(), StandardCharsets.UTF_8)).strip());
    } catch (IOException e) {
      return new GatewayAnswer.Later(CleanText.lines(String.valueOf(e.getMessage())), true);
    }
  }

  private static GatewayAnswer meaning(int status, String said) {
    var why = said.isEmpty() ? String.valueOf(status) : status + " " + said;
    return status >= 200 && status < 300 ? new GatewayAnswer.Taken()
        : FOR_GOOD.contains(status) ? new GatewayAnswer.Refused(why) : new GatewayAnswer.Later(why, false);
  }

  private byte[] body(Sending text) {
    var length = TextLength.of(text.text());
    var data = new LinkedHashMap<String, Object>();
    data.put("id", text.id());
    data.put("from", text.from());
    data.put("to", text.to());
    data.put("text", text.text());
    data.put("encoding", length.encoding());
    data.put("segments", length.segments());
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "text.send");
    body.put("timestamp", text.at());
    body.put("data", data);
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A text cannot be written", e);
    }
  }
}
