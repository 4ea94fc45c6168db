package dev.posthorn.mail;

/// What of a mail is still to be looked at. Instead of recursion there is a list of these.
sealed interface Waiting {

  /// What something is looked at for.
  enum Purpose {
    /// The mail itself: its text is read, all else is kept.
    READ,
    /// An attached mail: its text is in the attachment already, all else is listed.
    LIST,
    /// A rest that should not be there, or what nobody else can open: all of it is kept.
    KEEP
  }

  /// The surroundings of a part.
  ///
  /// @param depth  how many multiparts, mails and envelopes are around it
  /// @param bodies takes the text, where the purpose is to read it
  record Place(int depth, Purpose purpose, BodyTree bodies) {

    Place at(int otherDepth) {
      return new Place(otherDepth, purpose, bodies);
    }

    Place with(Purpose otherPurpose) {
      return new Place(depth, otherPurpose, bodies);
    }

    /// The same where the text of something opened later belongs.
    Place later() {
      return purpose == Purpose.READ ? new Place(depth, purpose, bodies.later()) : this;
    }

    boolean isToBeRead() {
      return purpose == Purpose.READ;
    }
  }

  /// One body to be walked over.
  ///
  /// @param facts  what its header says
  /// @param prefix the path of what it stands in, with a `/` or a `.`, or ""
  /// @param first  number of its first part
  record Entity(Content content, long bodyOffset, PartFacts facts, String prefix, int first, Place place)
      implements Waiting {
  }

  /// A part that holds others and is kept as a file already: an attached mail, a signed envelope, a winmail.dat.
  ///
  /// @param path its own
  record Enclosure(Content content, PartFacts facts, String path, Place place) implements Waiting {
  }
}
