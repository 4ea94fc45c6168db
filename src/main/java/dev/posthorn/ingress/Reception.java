package dev.posthorn.ingress;

import dev.posthorn.mail.Address;
import dev.posthorn.mail.RawMail;
import java.util.List;
import java.util.Optional;

/// The house behind the door: knows which recipients live here and takes their mail in for good.
/// Both methods may block and are called from many virtual threads at once.
interface Reception {

  /// The door that this recipient stands for, if it is one of ours.
  ///
  /// @throws RuntimeException nobody can tell at the moment: the sender is told to come again (451)
  Optional<Door> door(Address recipient);

  /// Stores the mail, once for all its doors; when this returns it is durable and the sender is told 250.
  /// The mail is closed by the caller afterwards.
  ///
  /// @throws RuntimeException it could not be stored: the sender keeps it and comes again (451)
  void accept(SmtpEnvelope envelope, List<Door> doors, RawMail mail);
}
