package dev.posthorn.channel;

import dev.posthorn.connector.AfterImport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// What is wanted of a mailbox once somebody has signed in for it.
///
/// @param shared whether it is another's, or a shared one, to which whoever signs in has access (P-05)
@RegisterForReflection
public record AuthorizationWish(boolean shared, String name, UUID teamId, String folder, Boolean processIncoming, AfterImport afterImport,
    String moveTo, Boolean unreadOnly, Integer historyDays, Boolean confirmPersonal) {
  /// The same as a mailbox is asked for in every other way.
  MailboxWish.New mailbox(String kind, String address) {
    return new MailboxWish.New(kind, address, name, teamId, null, null, null, null, null, null, folder, processIncoming, afterImport, moveTo, unreadOnly,
        true, null, historyDays, confirmPersonal);
  }
}
