package dev.posthorn.outbox;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import java.time.Instant;

/// What admins are told of a mailbox that stands still, in English; in other languages in `messages/stalled_<language>.properties`. Checked
/// when the application is built.
@MessageBundle("stalled")
interface StalledWords {
  @Message("Mailbox {name} stands still")
  String subject(String name);

  @Message("The mailbox {address} was last read at {since}.")
  String last(String address, Instant since);

  @Message("Its server says: {why}")
  String says(String why);

  @Message("Mail that arrives there waits; nothing is lost. {diagnosis} says what is in the way.")
  String waits(String diagnosis);
}
