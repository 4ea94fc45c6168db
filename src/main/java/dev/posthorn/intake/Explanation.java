package dev.posthorn.intake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;

/// Why a mail became what it became: every decision with its evidence, as it was when it was filed. Kept as JSON with the
/// mail; fields are added, never changed in meaning, or `version` grows. A node that does not
/// know a field yet reads the others.
///
/// @param version   of this form
/// @param outcome   the state that the mail ended in
/// @param decidedBy the evidence that decided: the mail's `reason`
/// @param threading what was looked at to find its ticket, in order of strength, up to what decided
/// @param notes     what else was decided on the way, with its reasons
@JsonIgnoreProperties(ignoreUnknown = true)
public record Explanation(int version, InboundState outcome, String decidedBy, List<Finding> threading, List<Note> notes) {
  public static final int VERSION = 1;

  /// A piece of evidence that was looked at.
  ///
  /// @param evidence which: `reply-address`, `references`, `conversation`, `known-reference`, `answered-before`, `subject-tag`,
  ///     `open-ticket`
  /// @param verdict  `held`, `ignored` or `absent`
  /// @param why      why it was ignored, or what was done although it held; null where there is nothing to say
  /// @param ticketId the ticket that it names; null where it names none
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Finding(String evidence, String verdict, String why, UUID ticketId) {
    public static final String HELD = "held";
    public static final String IGNORED = "ignored";
    public static final String ABSENT = "absent";
  }

  /// Another decision.
  ///
  /// @param code what programs branch on
  /// @param text what people read
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Note(String code, String text) {}
}
