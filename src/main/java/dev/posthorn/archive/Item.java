package dev.posthorn.archive;

import dev.posthorn.ticket.ImportedTicket;
import java.io.IOException;

/// One thing that an import brings.
///
/// @param key what it is known by, whichever import brings it
/// @param name for whoever reads what could not be imported
/// @param source reads it; asked once at most
record Item(String key, String name, Source source) {
  /// Reads an item.
  interface Source {
    /// @throws IllegalArgumentException saying why it cannot be
    ImportedTicket read() throws IOException;
  }
}
