package dev.posthorn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/// What a client reads when something went wrong: `application/problem+json` (RFC 9457, section 3).
///
/// @param type `/problems/<slug>`, a URI relative to this service that answers with what the kind means
/// @param title the kind in words, the same for every occurrence
/// @param status the HTTP status
/// @param detail this occurrence in words; null where the title says it all
/// @param instance the path that was asked; null for our own bugs
/// @param errors what exactly is wrong, where more can be said
/// @param incident the id under which a bug of ours was logged; null for everything else
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type, String title, int status, String detail, String instance, List<Fault> errors, UUID incident) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /// One thing that is wrong.
  ///
  /// @param pointer where: a JSON pointer (RFC 6901) into the request's body, which starts with `/` or is empty for the
  ///     whole body, or the bare name of a query, path or header parameter
  /// @param detail what is wrong there, in words
  /// @param step at which step of a longer way it went wrong; null where there was but one
  /// @param hint what may help; null where the detail says it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fault(@JsonInclude(JsonInclude.Include.ALWAYS) String pointer, String detail, String step, String hint) {
    /// What is wrong in one place.
    public Fault(String pointer, String detail) {
      this(pointer, detail, null, null);
    }
  }

  static Problem of(ProblemKind kind, String detail, String instance, List<Fault> errors) {
    return new Problem(kind.type(), kind.title(), kind.status(), detail, instance, errors, null);
  }

  /// Our own bug: nothing but the id under which it was logged.
  static Problem bug(UUID incident) {
    var kind = ProblemKind.INTERNAL_ERROR;
    return new Problem(kind.type(), kind.title(), kind.status(), null, null, List.of(), incident);
  }
}
