package dev.posthorn.connector;

import java.util.List;

/// A way for mail to leave: one SMTP account, one provider's mailbox.
///
/// Implementations are safe for use by many threads and may block for as long as their own limits say, so they are called
/// outside every transaction, on a virtual thread.
public interface MailSender {

  /// Sends one mail and says how it ended for each recipient.
  ///
  /// @return one delivery for each recipient of the dispatch, in the order of the dispatch
  /// @throws RuntimeException only for a bug of ours: trouble of the network, of the server or of the account is an outcome
  List<Delivery> send(Dispatch dispatch);
}
