package dev.posthorn.triage;

import dev.posthorn.channel.InboundChannel;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.Classification;
import dev.posthorn.mail.MessageId;
import dev.posthorn.mail.QuoteSplitter;
import dev.posthorn.mail.Sha256;
import dev.posthorn.mail.ThreadIndex;
import dev.posthorn.team.Team;
import dev.posthorn.ticket.Incoming;
import dev.posthorn.ticket.Messages;
import dev.posthorn.ticket.ThreadRefs.ThreadRef;
import dev.posthorn.ticket.ThreadRefs;
import dev.posthorn.ticket.Ticket;
import dev.posthorn.trust.Authentication;
import dev.posthorn.trust.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A team with its tickets and what is known of them, and the mails that come in there.
final class Situation {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  final Evidence evidence = new Evidence();
  final Team team = new Team();
  final InboundChannel channel = new InboundChannel();
  private long number;

  Situation() {
    team.id = UUID.randomUUID();
    channel.id = UUID.randomUUID();
    channel.teamId = team.id;
  }

  Placement place(Sample sample) {
    return Placing.place(sample.reading(), evidence).placement();
  }

  Ticket ticket(String requester) {
    var ticket = new Ticket();
    ticket.id = UUID.randomUUID();
    ticket.number = ++number;
    ticket.teamId = team.id;
    ticket.inboundChannelId = channel.id;
    evidence.add(ticket);
    evidence.addParticipants(ticket.id, Set.of(requester));
    return ticket;
  }

  void known(String messageId, Ticket ticket, boolean own) {
    evidence.add(new ThreadRef(ThreadRefs.ref(new MessageId(messageId)), ticket.id, own));
  }

  void inConversation(String name, Ticket ticket) {
    Messages.conversationRefs(ticket.id, List.of(name)).forEach(evidence::add);
  }

  static Placement joins(Ticket ticket, String by) {
    return new Placement.Continues(ticket.id, by);
  }

  static Placement starts(String by) {
    return new Placement.Starts(Optional.empty(), Optional.empty(), Optional.empty(), by);
  }

  static Placement follows(Ticket ticket, String by) {
    return new Placement.Starts(Optional.empty(), Optional.of(ticket.id), Optional.empty(), by);
  }

  Sample from(String sender) {
    return new Sample(Address.of(sender));
  }

  /// A mail that comes in.
  final class Sample {
    private final Address sender;
    private final List<Address> to = new ArrayList<>(List.of(Address.of("support@acme.example")));
    private final List<MessageId> references = new ArrayList<>();
    private Optional<ThreadIndex> conversation = Optional.empty();
    private Optional<String> atProvider = Optional.empty();
    private String subject = "Tap";
    private Optional<MessageId> id = Optional.empty();
    private Optional<Long> signed = Optional.empty();
    private Optional<Address> forwardedFrom = Optional.empty();
    private boolean verified;
    private boolean released;
    private Authentication authentication = Authentication.NONE;

    Sample(Address sender) {
      this.sender = sender;
    }

    Sample to(String address) {
      to.add(Address.of(address));
      return this;
    }

    Sample id(String value) {
      id = Optional.of(new MessageId(value));
      return this;
    }

    Sample references(String value) {
      references.add(new MessageId(value));
      return this;
    }

    Sample atProvider(String name) {
      atProvider = Optional.of(name);
      return this;
    }

    Sample conversation(String root) {
      conversation = Optional.of(new ThreadIndex(root, 1));
      return this;
    }

    Sample subject(String value) {
      subject = value;
      return this;
    }

    Sample signed(long ticketNumber) {
      signed = Optional.of(ticketNumber);
      return this;
    }

    Sample forwardedFrom(Address address) {
      forwardedFrom = Optional.of(address);
      return this;
    }

    Sample verified() {
      verified = true;
      return this;
    }

    /// DMARC of the sender's domain failed.
    Sample forged() {
      authentication = new Authentication(Verdict.FAIL, Verdict.NONE, Verdict.FAIL, Verdict.NONE, null, List.of(), "reject", "posthorn", null, false);
      return this;
    }

    Sample released() {
      released = true;
      return this;
    }

    Reading reading() {
      var split = new QuoteSplitter.Split("", QuoteSplitter.Confidence.HIGH);
      var mail = new Incoming(UUID.randomUUID(), Sha256.digest(new byte[0]), 0, NOW, sender, List.of(), to, List.of(), subject, id, List.of(),
          references, conversation, Optional.empty(), "", Optional.empty(), split, List.of(), List.of(), forwardedFrom, verified, signed, atProvider);
      return new Reading(mail, channel, team, null, null, new Reading.Times(NOW, NOW), released,
          new Screened(Classification.ORDINARY, Optional.empty(), List.of()), authentication);
    }
  }
}
