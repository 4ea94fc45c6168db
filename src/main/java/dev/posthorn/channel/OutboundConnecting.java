package dev.posthorn.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.secret.Secret;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/// Makes ways out and changes them: first the trial of a server of one's own, which touches the network, then the rows. Never
/// both at once.
@ApplicationScoped
class OutboundConnecting {
  private final OutboundChannelDesk desk;
  private final OwnServers servers;
  private final MergePatch mergePatch;

  OutboundConnecting(OutboundChannelDesk desk, OwnServers servers, MergePatch mergePatch) {
    this.desk = desk;
    this.servers = servers;
    this.mergePatch = mergePatch;
  }

  /// @throws Refusal 400 and 422 for what is missing or does not work, 409 for what is there already
  OutboundChannelView create(OutboundWish.New wanted) {
    return switch (wanted.kind()) {
      case OutboundChannel.RELAY -> relay(wanted);
      case OutboundChannel.SMTP -> ownServer(wanted);
      default -> throw Refusal.badRequest("/kind", "Expected: " + OutboundChannel.RELAY + " or " + OutboundChannel.SMTP + ".");
    };
  }

  private OutboundChannelView relay(OutboundWish.New wanted) {
    if (wanted.smtp() != null || wanted.username() != null || wanted.password() != null) {
      throw Refusal.badRequest("/smtp", "The relay is the platform's: it has no server of one's own.");
    }
    return desk.create(wanted);
  }

  private OutboundChannelView ownServer(OutboundWish.New wanted) {
    if (wanted.smtp() == null) {
      throw Refusal.badRequest("/smtp", "must not be null");
    }
    if (wanted.fromAddress() == null) {
      throw Refusal.badRequest("/fromAddress", "must not be null");
    }
    var from = desk.demandMayCome(wanted);
    var account = servers.account(wanted.smtp(), wanted.username(), Optional.ofNullable(wanted.password()).map(Secret::of));
    servers.pass(account, from);
    return desk.create(wanted, from, account);
  }

  /// @throws Refusal 404, 412, and as [#create]
  OutboundChannelView change(UUID id, ObjectNode patch) {
    var before = desk.forChange(id);
    var current = before.unchanged();
    var wanted = mergePatch.apply(current, patch);
    if (wanted.equals(current)) {
      return before;
    }
    if (before.smtp() == null && wanted.touchesTheLine(current)) {
      throw Refusal.unprocessable("/smtp", "It has no server of one's own.");
    }
    if (!wanted.touchesTheLine(current)) {
      return desk.change(id, wanted, Optional.empty());
    }
    if (wanted.smtp() == null || wanted.fromAddress() == null) {
      throw Refusal.badRequest(wanted.smtp() == null ? "/smtp" : "/fromAddress", "must not be null");
    }
    var from = desk.demandOwnServersFrom(wanted.fromAddress());
    var password = Optional.ofNullable(wanted.password()).map(Secret::of).or(() -> desk.secretOf(id));
    var account = servers.account(wanted.smtp(), wanted.username(), password);
    servers.pass(account, from);
    return desk.change(id, wanted, Optional.of(account));
  }
}
