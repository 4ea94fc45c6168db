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
/// @param rules     the rules that were asked, in their order
/// @param circumstances how things stood then, as far as nobody could find it out later; null where it was not kept
@JsonIgnoreProperties(ignoreUnknown = true)
public record Explanation(int version, InboundState outcome, String decidedBy, List<Finding> threading, List<Note> notes, List<Ruling> rules,
    Circumstances circumstances) {
  public static final int VERSION = 1;

  /// Keeps its own list; explanations of before there were rules have none.
  public Explanation {
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /// A piece of evidence that was looked at.
  ///
  /// @param evidence which: `reply-address`, `references`, `conversation`, `known-reference`, `answered-before`, `provider-conversation`, `subject-tag`,
  ///     `open-ticket`; of what was kept from opening a ticket `loop`
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

  /// A rule that was asked.
  ///
  /// @param ruleId   null for one that is only tried
  /// @param revision which version of the rule
  /// @param held     whether its condition was true
  /// @param tests    the conditions that were looked at, as far as they were needed
  /// @param deeds    what it did; nothing where the condition was not true
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Ruling(UUID ruleId, int revision, String name, boolean held, List<Test> tests, List<Deed> deeds) {}

  /// A condition that was looked at.
  ///
  /// @param kind  which
  /// @param asked what it asks for; null where the kind says it
  /// @param held  whether it was true
  /// @param found what was found instead or in its place, shortened; null where there is nothing to show
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Test(String kind, String asked, boolean held, String found) {
    /// Says nothing of what was written.
    @Override
    public String toString() {
      return "Test[" + kind + ", " + held + "]";
    }
  }

  /// What a rule did.
  ///
  /// @param kind   of the action
  /// @param detail what it was done with: an id or a word; null where the kind says it
  /// @param why    why it was not done: `continues-a-ticket`, `released`, `already-new`, `agent-without-queue`, `no-such-target`; null where it was
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Deed(String kind, String detail, String why) {}

  /// How things stood when the mail was decided about.
  ///
  /// @param contactKnown whether the sender was a contact already, and not forged; the other facts of the contact are empty otherwise
  /// @param spf          how the checks of the sender ended, in the words of RFC 8601, as `dkim`, `dmarc` and `arc`
  /// @param senderVerified whether the sender was proven; null for a mail of before this was kept: as DMARC ended
  /// @param continues    whether it belonged to a ticket that was there
  /// @param teamId       where that ticket was, or the new one would have been without rules, as `queueId`
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Circumstances(boolean contactKnown, String contactType, UUID contactOwnerId, boolean contactVip, boolean contactRegistered,
      String spf, String dkim, String dmarc, String arc, Boolean senderVerified, boolean continues, UUID teamId, UUID queueId) {}
}
