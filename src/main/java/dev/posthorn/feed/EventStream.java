package dev.posthorn.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.event.Feed;
import dev.posthorn.event.Feed.Place;
import dev.posthorn.event.Feed.Told;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.ticket.VisibleTickets;
import dev.posthorn.web.Caller;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Standings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// One client's stream, on the client's own virtual thread: reads from where the client is, tells what the client may see, and
/// waits for more. Before each look it asks whether the client is still who it was when it came.
@ApplicationScoped
class EventStream {
  private static final int BATCH = 200;

  private final Feed feed;
  private final Pulse pulse;
  private final VisibleTickets visible;
  private final CurrentTenant tenant;
  private final Caller caller;
  private final Standings standings;
  private final StreamConfig config;
  private final ObjectMapper json;
  private final Clock clock;

  EventStream(Feed feed, Pulse pulse, VisibleTickets visible, CurrentTenant tenant, Caller caller, Standings standings, StreamConfig config,
      ObjectMapper json, Clock clock) {
    this.feed = feed;
    this.pulse = pulse;
    this.visible = visible;
    this.tenant = tenant;
    this.caller = caller;
    this.standings = standings;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  /// @param from the id of the last event that the client has; null for what comes from now on
  /// @throws Refusal 400 for an id that is none, 429 where too many listen
  void run(SseEventSink sink, Sse sse, String from) {
    var place = from == null ? feed.end() : Place.parse(from).orElseThrow(() -> Refusal.badRequest("Last-Event-ID", "No id of an event."));
    var listener = new TenantId(tenant.value());
    if (!pulse.join(listener)) {
      throw Refusal.tooManyRequests(config.keepAlive());
    }
    try (sink) {
      tell(sink, sse, place, listener, clock.instant().plus(config.maxDuration()));
    } catch (ExecutionException | TimeoutException e) {
      // The client is gone, or does not read: it comes again from where it was.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pulse.leave(listener);
    }
  }

  private void tell(SseEventSink sink, Sse sse, Place from, TenantId listener, Instant until)
      throws InterruptedException, ExecutionException, TimeoutException {
    var place = from;
    send(sink, sse.newEventBuilder().comment("from " + place).build());
    while (!sink.isClosed() && !pulse.isEnding() && clock.instant().isBefore(until) && isStillTheSame()) {
      long count = pulse.count(listener);
      var told = feed.after(place, BATCH);
      for (var event : visible(told)) {
        send(sink, sse.newEventBuilder().id(event.place().toString()).name(event.kind()).data(String.class, written(event)).build());
      }
      place = told.isEmpty() ? place : told.getLast().place();
      if (told.size() < BATCH && !pulse.await(listener, count, config.keepAlive())) {
        send(sink, sse.newEventBuilder().comment("").build());
      }
    }
  }

  /// Who was shut out, signed out or lost the key hears nothing more; who has another role comes again and is told what that role sees.
  private boolean isStillTheSame() {
    return standings.roleOf(caller.keyId()).filter(caller::is).isPresent();
  }

  private List<Told> visible(List<Told> told) {
    if (told.isEmpty() || visible.isEverything()) {
      return told;
    }
    var seen = visible.among(told.stream().map(Told::ticketId).filter(Objects::nonNull).collect(Collectors.toSet()));
    return told.stream().filter(event -> event.ticketId() != null && seen.contains(event.ticketId())).toList();
  }

  private void send(SseEventSink sink, OutboundSseEvent event) throws InterruptedException, ExecutionException, TimeoutException {
    try {
      sink.send(event).toCompletableFuture().get(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (IllegalStateException e) {
      // Closed since it was looked at.
      throw new ExecutionException(e);
    }
  }

  private String written(Told event) {
    try {
      return json.writeValueAsString(EventView.of(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event cannot be written", e);
    }
  }
}
