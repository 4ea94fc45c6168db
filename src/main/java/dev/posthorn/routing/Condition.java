package dev.posthorn.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.posthorn.mail.Classification;
import dev.posthorn.trust.Verdict;
import dev.posthorn.web.Line;
import dev.posthorn.web.MailAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a rule asks of a mail: a tagged object, `{"kind":"subject-contains","text":"invoice"}`. Data alone; what it means
/// stands in [Matching]. Text is compared without regard to capitals and accents, on what the sender wrote and not on how it
/// was encoded.
@Schema(description = "What a rule asks of a mail. `kind` says which; `all` of none is true of every mail. Text is compared without regard to capitals and accents.")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @Type(value = Condition.All.class, name = "all"),
  @Type(value = Condition.Any.class, name = "any"),
  @Type(value = Condition.Not.class, name = "not"),
  @Type(value = Condition.SubjectContains.class, name = "subject-contains"),
  @Type(value = Condition.BodyContains.class, name = "body-contains"),
  @Type(value = Condition.SenderIs.class, name = "sender-is"),
  @Type(value = Condition.SenderContains.class, name = "sender-contains"),
  @Type(value = Condition.RecipientIs.class, name = "recipient-is"),
  @Type(value = Condition.OneOfRecipientsIs.class, name = "one-of-recipients-is"),
  @Type(value = Condition.RecipientFieldIs.class, name = "recipient-field-is"),
  @Type(value = Condition.RecipientContains.class, name = "recipient-contains"),
  @Type(value = Condition.HeaderContains.class, name = "header-contains"),
  @Type(value = Condition.HeaderExists.class, name = "header-exists"),
  @Type(value = Condition.FetchedFromMailbox.class, name = "fetched-from-mailbox"),
  @Type(value = Condition.InboundChannelIs.class, name = "inbound-channel-is"),
  @Type(value = Condition.ContactKnown.class, name = "contact-known"),
  @Type(value = Condition.ContactRegistered.class, name = "contact-registered"),
  @Type(value = Condition.ContactTypeIs.class, name = "contact-type-is"),
  @Type(value = Condition.ContactOwnerIs.class, name = "contact-owner-is"),
  @Type(value = Condition.ContactVip.class, name = "contact-vip"),
  @Type(value = Condition.HasAttachment.class, name = "has-attachment"),
  @Type(value = Condition.AttachmentNameContains.class, name = "attachment-name-contains"),
  @Type(value = Condition.AttachmentTypeIs.class, name = "attachment-type-is"),
  @Type(value = Condition.LargerThan.class, name = "larger-than"),
  @Type(value = Condition.AuthenticationIs.class, name = "authentication-is"),
  @Type(value = Condition.LanguageIs.class, name = "language-is"),
  @Type(value = Condition.ClassificationIs.class, name = "classification-is"),
  @Type(value = Condition.InBusinessHours.class, name = "in-business-hours"),
  @Type(value = Condition.ContinuesTicket.class, name = "continues-ticket")})
public sealed interface Condition {
  /// The longest text that is searched for, in characters.
  int MAX_TEXT = 500;

  /// One that asks the mail itself, not other conditions.
  sealed interface Leaf extends Condition {}

  /// About who wrote what to whom.
  sealed interface Written extends Leaf {}

  /// About how it came, who is known, and what hangs on it.
  sealed interface Around extends Leaf {}

  /// @param conditions true of every mail where there are none
  @Schema(description = "All of them are true; without any, it is true of every mail.")
  record All(@NotNull List<@NotNull @Valid Condition> conditions) implements Condition {}

  @Schema(description = "One of them is true.")
  record Any(@NotNull @Size(min = 1) List<@NotNull @Valid Condition> conditions) implements Condition {}

  @Schema(description = "The other is not true.")
  record Not(@NotNull @Valid Condition condition) implements Condition {}

  /// TH-17.
  record SubjectContains(@NotNull @Line(max = MAX_TEXT) String text) implements Written {}

  /// TH-18. The plain text, or what the HTML says.
  @Schema(description = "In the plain text, or what the HTML says.")
  record BodyContains(@NotNull @Line(max = MAX_TEXT) String text) implements Written {}

  /// TH-19.
  record SenderIs(@NotNull @MailAddress String address) implements Written {}

  /// TH-22. The address or the name.
  @Schema(description = "In the address or the name.")
  record SenderContains(@NotNull @Line(max = MAX_TEXT) String text) implements Written {}

  /// TH-20. The one and only recipient that the mail names in To and Cc.
  @Schema(description = "The one and only recipient that the mail names in To and Cc.")
  record RecipientIs(@NotNull @MailAddress String address) implements Written {}

  /// TH-21. Named in To, Cc or Bcc, or delivered to without being named.
  @Schema(description = "Named in To, Cc or Bcc, or delivered to without being named.")
  record OneOfRecipientsIs(@NotNull @MailAddress String address) implements Written {}

  /// P-47. Named in this field.
  @Schema(description = "Named in this field. `bcc` is also who got it without being named in To or Cc.")
  record RecipientFieldIs(@NotNull Field field, @NotNull @MailAddress String address) implements Written {}

  /// @param field null for any
  @Schema(description = "In the address of a recipient, of this field or of any.")
  record RecipientContains(Field field, @NotNull @Line(max = MAX_TEXT) String text) implements Written {}

  record HeaderContains(@NotNull @Pattern(regexp = HEADER_NAME, message = HEADER_NAME_MESSAGE) String name, @NotNull @Line(max = MAX_TEXT) String text)
      implements Written {}

  record HeaderExists(@NotNull @Pattern(regexp = HEADER_NAME, message = HEADER_NAME_MESSAGE) String name) implements Written {}

  /// TH-23.
  @Schema(description = "It came by this connected mailbox.")
  record FetchedFromMailbox(@NotNull UUID mailboxId) implements Around {}

  @Schema(description = "It came by this inbound channel.")
  record InboundChannelIs(@NotNull UUID inboundChannelId) implements Around {}

  /// TH-24. Nobody is known whose address is forged.
  @Schema(description = "The sender was a contact before this mail, and is not forged.")
  record ContactKnown() implements Around {}

  @Schema(description = "The sender is a registered contact.")
  record ContactRegistered() implements Around {}

  /// TH-25.
  record ContactTypeIs(@NotNull @Line String type) implements Around {}

  /// TH-26.
  ///
  /// @param agentId null for any owner
  @Schema(description = "The contact has this owner; without `agentId`, any.")
  record ContactOwnerIs(UUID agentId) implements Around {}

  /// TH-27.
  @Schema(description = "The contact is a VIP.")
  record ContactVip() implements Around {}

  /// Not one that the text itself shows.
  @Schema(description = "A file hangs on it that the text itself does not show.")
  record HasAttachment() implements Around {}

  record AttachmentNameContains(@NotNull @Line(max = MAX_TEXT) String text) implements Around {}

  /// @param contentType `application/pdf`, or `image/*`
  @Schema(description = "`application/pdf`, or `image/*`.")
  record AttachmentTypeIs(
      @NotNull @Pattern(regexp = "[A-Za-z0-9!#$&^_.+-]{1,100}/([A-Za-z0-9!#$&^_.+-]{1,100}|\\*)", message = "must be a media type, as in application/pdf or image/*")
      String contentType) implements Around {}

  /// @param bytes of the whole mail
  @Schema(description = "Of the whole mail.")
  record LargerThan(@PositiveOrZero long bytes) implements Around {}

  @Schema(description = "How a check of the sender ended.")
  record AuthenticationIs(@NotNull Check check, @NotNull Verdict result) implements Around {}

  /// @param language two letters of ISO 639
  @Schema(description = "Two letters of ISO 639, as the mail says itself or its words tell.")
  record LanguageIs(@NotNull @Pattern(regexp = "[a-z]{2}", message = "must be a language of two letters, as in de") String language) implements Written {}

  /// @param classification as messages show it: `auto-reply`
  @Schema(description = "As messages show it: `ordinary`, `auto-reply`, `automatic`, `list`, `challenge` or `complaint`.")
  record ClassificationIs(
      @NotNull @Pattern(regexp = "ordinary|auto-reply|automatic|list|challenge|complaint",
          message = "must be one of: ordinary, auto-reply, automatic, list, challenge, complaint") String classification) implements Around {
    boolean is(Classification other) {
      return other.word().equals(classification);
    }
  }

  @Schema(description = "It came while people are at work by this calendar.")
  record InBusinessHours(@NotNull UUID calendarId) implements Around {}

  /// Whether it belongs to a ticket that is there already.
  @Schema(description = "It belongs to a ticket that is there already.")
  record ContinuesTicket() implements Around {}

  /// RFC 5322, section 2.2.
  String HEADER_NAME = "[!-9;-~]{1,100}";

  String HEADER_NAME_MESSAGE = "must be the name of a header field";

  /// Where a recipient stands.
  enum Field {
    @JsonProperty("to") TO,
    @JsonProperty("cc") CC,
    /// Named there, or delivered to without being named in To or Cc.
    @JsonProperty("bcc") BCC
  }

  /// What is known of who sent a mail.
  enum Check {
    @JsonProperty("spf") SPF,
    @JsonProperty("dkim") DKIM,
    @JsonProperty("dmarc") DMARC,
    @JsonProperty("arc") ARC
  }

  /// What the condition is called.
  default String kind() {
    return Kinds.of(Condition.class).get(getClass());
  }

  /// How many conditions there are in it, itself included.
  default int size() {
    return switch (this) {
      case All(var conditions) -> 1 + conditions.stream().mapToInt(Condition::size).sum();
      case Any(var conditions) -> 1 + conditions.stream().mapToInt(Condition::size).sum();
      case Not(var condition) -> 1 + condition.size();
      case Leaf _ -> 1;
    };
  }

  /// How deep conditions stand in conditions; 1 where none does.
  default int depth() {
    return switch (this) {
      case All(var conditions) -> 1 + conditions.stream().mapToInt(Condition::depth).max().orElse(0);
      case Any(var conditions) -> 1 + conditions.stream().mapToInt(Condition::depth).max().orElse(0);
      case Not(var condition) -> 1 + condition.depth();
      case Leaf _ -> 1;
    };
  }

  /// What it names by id, under a JSON pointer.
  default List<Target> targets(String pointer) {
    return switch (this) {
      case All(var conditions) -> below(conditions, pointer);
      case Any(var conditions) -> below(conditions, pointer);
      case Not(var condition) -> condition.targets(pointer + "/condition");
      case FetchedFromMailbox(UUID id) -> List.of(new Target(Target.Kind.MAILBOX, id, pointer + "/mailboxId"));
      case InboundChannelIs(UUID id) -> List.of(new Target(Target.Kind.INBOUND_CHANNEL, id, pointer + "/inboundChannelId"));
      case ContactOwnerIs(UUID id) -> id == null ? List.of() : List.of(new Target(Target.Kind.AGENT, id, pointer + "/agentId"));
      case InBusinessHours(UUID id) -> List.of(new Target(Target.Kind.CALENDAR, id, pointer + "/calendarId"));
      case Leaf _ -> List.of();
    };
  }

  private static List<Target> below(List<Condition> conditions, String pointer) {
    return IntStream.range(0, conditions.size()).boxed()
        .flatMap(i -> conditions.get(i).targets(pointer + "/conditions/" + i).stream()).toList();
  }

  /// The names of the kinds of a sealed type, by class.
  final class Kinds {
    private static final Map<Class<?>, Map<Class<?>, String>> KNOWN = Map.of(Condition.class, read(Condition.class), Action.class, read(Action.class));

    private Kinds() {}

    static Map<Class<?>, String> of(Class<?> type) {
      return KNOWN.get(type);
    }

    private static Map<Class<?>, String> read(Class<?> type) {
      return Arrays.stream(type.getAnnotation(JsonSubTypes.class).value())
          .collect(Collectors.toMap(Type::value, Type::name));
    }
  }
}
