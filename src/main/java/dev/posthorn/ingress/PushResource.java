package dev.posthorn.ingress;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.channel.InboundChannels;
import dev.posthorn.intake.Arrival;
import dev.posthorn.intake.Intake;
import dev.posthorn.intake.IntakeConfig;
import dev.posthorn.intake.Receipt;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.web.NotIdempotent;
import dev.posthorn.web.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/// The way in for relays that push mail by HTTP: the body is the mail as it is, streamed; 202 only after it is stored.
@Path("/api/v1/inbound-channels/{id}/mails")
@RunOnVirtualThread
public class PushResource {
  private final InboundChannels channels;
  private final Intake intake;
  private final IntakeConfig config;
  private final CurrentTenant tenant;
  private final Clock clock;

  PushResource(InboundChannels channels, Intake intake, IntakeConfig config, CurrentTenant tenant, Clock clock) {
    this.channels = channels;
    this.intake = intake;
    this.config = config;
    this.tenant = tenant;
    this.clock = clock;
  }

  /// @param outcome `stored`, or `duplicate` when this channel has the very mail already
  public record Accepted(UUID id, String outcome) {}

  @POST
  @Consumes("message/rfc822")
  @RolesAllowed("admin")
  @NotIdempotent("The body is a stream. The same bytes to the same channel are the same mail: sent again, it is answered as a duplicate.")
  @Operation(summary = "Push a mail", description = "Stores a mail as it is (RFC 5322) and answers when it is durable. The same bytes pushed to the same channel again are the same mail.")
  public Response push(@PathParam("id") UUID id, @QueryParam("sender") String sender, @QueryParam("recipient") String recipient,
      @RequestBody(required = true) InputStream body, HttpServerRequest request) throws IOException {
    var channel = QuarkusTransaction.requiringNew().call(() -> channels.findByIdOptional(id))
        .orElseThrow(() -> Refusal.notFound("inbound channel"));
    if (channel.kind.equals(InboundChannel.TEXT)) {
      throw Refusal.conflict("Texts come in by this channel, and no mail.");
    }
    try (var mail = received(body)) {
      var arrival = new Arrival(tenant.id(), channel.id, mail.sha256().hex(), Optional.ofNullable(sender).orElse(""),
          Optional.ofNullable(recipient).or(() -> Optional.ofNullable(channel.address)).orElse(""),
          String.valueOf(request.remoteAddress().host()), "http", clock.instant());
      return answer(intake.accept(arrival, mail));
    }
  }

  private RawMail received(InputStream body) throws IOException {
    try (var spool = new Spool(config.maxMailBytes(), config.memoryBytes())) {
      body.transferTo(spool);
      return spool.toRawMail();
    } catch (Spool.TooLarge e) {
      throw Refusal.tooLarge(config.maxMailBytes());
    }
  }

  private static Response answer(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Stored(UUID id) -> Response.accepted(new Accepted(id, "stored")).build();
      case Receipt.Duplicate(UUID id) -> Response.accepted(new Accepted(id, "duplicate")).build();
      case Receipt.TooLarge(long limit) -> throw Refusal.tooLarge(limit);
    };
  }
}
