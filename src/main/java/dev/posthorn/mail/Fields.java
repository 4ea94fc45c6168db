package dev.posthorn.mail;

import java.util.List;
import java.util.Optional;

/// The header fields of a mail or of one of its parts, in order.
record Fields(List<RawField> all) {

  Fields {
    all = List.copyOf(all);
  }

  /// The first field of this name. Where a field stands twice against the rules, programs show the first.
  Optional<RawField> first(String name) {
    return all.stream().filter(f -> f.is(name)).findFirst();
  }

  /// Its unfolded value, or "".
  String value(String name) {
    return first(name).map(RawField::unfolded).orElse("");
  }

  /// The values of all fields of this name, joined by a comma: To and Cc are sometimes given twice.
  String joined(String name) {
    return String.join(", ", all.stream().filter(f -> f.is(name)).map(RawField::unfolded).toList());
  }
}
