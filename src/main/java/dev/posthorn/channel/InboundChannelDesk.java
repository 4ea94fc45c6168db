package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.channel.InboundChannelResource.InboundChannelChange;
import dev.posthorn.channel.InboundChannelResource.NewInboundChannel;
import dev.posthorn.team.LedTeams;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with the ways in. Each method is one transaction.
@ApplicationScoped
@Transactional
public class InboundChannelDesk {
  private final InboundChannels channels;
  private final LedTeams led;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  InboundChannelDesk(InboundChannels channels, LedTeams led, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.channels = channels;
    this.led = led;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<InboundChannelView> list(Listing listing) {
    var teams = led.bounds();
    return listing.answer((after, atMost) -> channels.page(teams, after, atMost), channel -> Cursor.at(channel.id),
        InboundChannelView::of, () -> channels.count(teams));
  }

  InboundChannelView show(UUID id) {
    return InboundChannelView.of(visible(id));
  }

  /// The channel, if the caller may see it: admins see all, leads those of their own teams (AT-07).
  ///
  /// @throws Refusal 404
  public InboundChannel visible(UUID id) {
    return channels.findByIdOptional(id).filter(channel -> led.include(channel.teamId))
        .orElseThrow(() -> Refusal.notFound("inbound channel"));
  }

  InboundChannelView create(NewInboundChannel wanted) {
    switch (wanted.kind()) {
      case InboundChannel.HTTP -> {
        // Can be made at any time: it has no address that somebody else might want.
      }
      case InboundChannel.FORWARDING_ADDRESS -> throw Refusal.unprocessable("/kind",
          "A channel of this kind comes with its address: issue one at /api/v1/teams/{id}/forwarding-addresses.");
      case InboundChannel.MAILBOX -> throw Refusal.unprocessable("/kind",
          "A channel of this kind comes with its mailbox: connect one at /api/v1/mailboxes.");
      case InboundChannel.TEXT -> throw Refusal.unprocessable("/kind",
          "A channel of this kind comes with its account: connect one at /api/v1/text-accounts.");
      default -> throw Refusal.badRequest("/kind", "Expected: " + InboundChannel.HTTP + ".");
    }
    var channel = channels.create(InboundChannel.HTTP, wanted.name(), null, wanted.teamId());
    channel.color = Optional.ofNullable(wanted.color()).orElse(channel.color);
    channels.flush();
    return InboundChannelView.of(channel);
  }

  InboundChannelView change(UUID id, ObjectNode patch) {
    var channel = visible(id);
    var before = InboundChannelView.of(channel);
    preconditions.check(before);
    var current = new InboundChannelChange(before.name(), before.color(), before.queueId(), before.ticketTypeId(), before.replyViaId());
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      channel.name = wanted.name();
      channel.color = wanted.color();
      channel.queueId = wanted.queueId();
      channel.ticketTypeId = wanted.ticketTypeId();
      channel.replyViaId = wanted.replyViaId();
      channel.updatedAt = clock.instant();
      channels.flush();
    }
    return InboundChannelView.of(channel);
  }

  void remove(UUID id) {
    var channel = visible(id);
    preconditions.check(InboundChannelView.of(channel));
    if (channel.kind.equals(InboundChannel.FORWARDING_ADDRESS)) {
      throw Refusal.conflict("An issued address routes to its team for ever.");
    }
    if (channel.mailboxId != null) {
      throw Refusal.conflict("It belongs to a mailbox: disconnect that.");
    }
    Removal.of("channel", () -> {
      channels.delete(channel);
      channels.flush();
    });
  }
}
