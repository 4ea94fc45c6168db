package dev.posthorn.routing;

import dev.posthorn.intake.Explanation.Test;
import dev.posthorn.mail.Address;
import dev.posthorn.mail.CleanText;
import dev.posthorn.mail.FoldedText;
import dev.posthorn.mail.LanguageGuess;
import dev.posthorn.routing.Facts.File;
import dev.posthorn.routing.Facts.Person;
import dev.posthorn.sla.BusinessHours;
import dev.posthorn.trust.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What conditions mean: asks one mail, and notes what was asked and found. What does not matter any more is not looked at:
/// `all` ends at the first that is not so, `any` at the first that is. Pure.
final class Matching {
  /// Of a value that was found, so much is shown.
  private static final int MAX_SHOWN = 120;

  private final Facts facts;
  private final Map<UUID, BusinessHours> calendars;
  private final int maxText;
  private final Map<String, FoldedText> folded = new HashMap<>();
  private List<Test> tests = new ArrayList<>();
  private Optional<Optional<String>> language = Optional.empty();

  /// @param maxText characters of the body that are looked at; the rest says nothing
  Matching(Facts facts, Map<UUID, BusinessHours> calendars, int maxText) {
    this.facts = facts;
    this.calendars = calendars;
    this.maxText = maxText;
  }

  /// Whether it is so.
  boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.All(var conditions) -> conditions.stream().allMatch(this::holds);
      case Condition.Any(var conditions) -> conditions.stream().anyMatch(this::holds);
      case Condition.Not(var inner) -> !holds(inner);
      case Condition.Leaf leaf -> {
        var look = switch (leaf) {
          case Condition.Written written -> look(written);
          case Condition.Around around -> look(around);
        };
        tests.add(new Test(leaf.kind(), look.asked, look.held, look.found == null ? null : CleanText.cut(look.found, MAX_SHOWN)));
        yield look.held;
      }
    };
  }

  /// What was looked at since this was last asked.
  List<Test> tests() {
    var since = List.copyOf(tests);
    tests = new ArrayList<>();
    return since;
  }

  /// @param asked null where the kind says it
  /// @param found null for nothing to show
  private record Look(boolean held, String asked, String found) {}

  private Look look(Condition.Written leaf) {
    return switch (leaf) {
      case Condition.SubjectContains(String text) -> new Look(folded("subject", facts.subject()).contains(FoldedText.of(text)), text, facts.subject());
      case Condition.BodyContains(String text) -> new Look(body().contains(FoldedText.of(text)), text, null);
      case Condition.SenderIs(String address) -> new Look(is(facts.sender().normalized(), address), address, facts.sender().address());
      case Condition.SenderContains(String text) -> new Look(
          folded("sender", facts.sender().name() + " <" + facts.sender().normalized() + ">").contains(FoldedText.of(text)), text,
          facts.sender().name() + " <" + facts.sender().address() + ">");
      case Condition.RecipientIs(String address) -> {
        var named = Stream.concat(facts.to().stream(), facts.cc().stream()).distinct().toList();
        yield new Look(named.size() == 1 && is(named.getFirst(), address), address, String.join(", ", named));
      }
      case Condition.OneOfRecipientsIs(String address) -> anyOf(recipients(null), one -> is(one, address), address);
      case Condition.RecipientFieldIs(Condition.Field field, String address) -> anyOf(recipients(field), one -> is(one, address), address);
      case Condition.RecipientContains(Condition.Field field, String text) -> {
        var wanted = FoldedText.of(text);
        yield anyOf(recipients(field), one -> FoldedText.of(one).contains(wanted), text);
      }
      case Condition.HeaderContains(String name, String text) -> {
        var wanted = FoldedText.of(text);
        yield anyOf(headers(name), value -> FoldedText.of(value).contains(wanted), name + ": " + text);
      }
      case Condition.HeaderExists(String name) -> anyOf(headers(name), _ -> true, name);
      case Condition.LanguageIs(String wanted) -> new Look(language().filter(wanted::equals).isPresent(), wanted, language().orElse(null));
    };
  }

  private Look look(Condition.Around leaf) {
    var person = facts.circumstances().person();
    return switch (leaf) {
      case Condition.FetchedFromMailbox(UUID mailbox) -> new Look(facts.mailboxId().filter(mailbox::equals).isPresent(), mailbox.toString(),
          facts.mailboxId().map(UUID::toString).orElse(null));
      case Condition.InboundChannelIs(UUID channel) -> new Look(facts.inboundChannelId().equals(channel), channel.toString(),
          facts.inboundChannelId().toString());
      case Condition.ContactKnown _ -> new Look(person.isPresent(), null, null);
      case Condition.ContactRegistered _ -> new Look(person.filter(Person::registered).isPresent(), null, null);
      case Condition.ContactVip _ -> new Look(person.filter(Person::vip).isPresent(), null, null);
      case Condition.ContactTypeIs(String type) -> {
        var known = person.flatMap(Person::type);
        yield new Look(known.filter(one -> FoldedText.of(one).equals(FoldedText.of(type))).isPresent(), type, known.orElse(null));
      }
      case Condition.ContactOwnerIs(UUID agent) -> {
        var owner = person.flatMap(Person::ownerId);
        yield new Look(owner.filter(one -> agent == null || one.equals(agent)).isPresent(), agent == null ? null : agent.toString(),
            owner.map(UUID::toString).orElse(null));
      }
      case Condition.HasAttachment _ -> anyOf(files().map(File::name).toList(), _ -> true, null);
      case Condition.AttachmentNameContains(String text) -> {
        var wanted = FoldedText.of(text);
        yield anyOf(facts.files().stream().map(File::name).toList(), name -> FoldedText.of(name).contains(wanted), text);
      }
      case Condition.AttachmentTypeIs(String type) -> anyOf(facts.files().stream().map(File::contentType).toList(), isOfType(type), type);
      case Condition.LargerThan(long bytes) -> new Look(facts.size() > bytes, Long.toString(bytes), Long.toString(facts.size()));
      case Condition.AuthenticationIs(Condition.Check check, Verdict result) -> {
        var found = verdict(check);
        yield new Look(found == result, check.name().toLowerCase(Locale.ROOT) + " " + result.word(), found.word());
      }
      case Condition.ClassificationIs wanted -> new Look(wanted.is(facts.classification()), wanted.classification(), facts.classification().word());
      case Condition.InBusinessHours(UUID calendar) -> new Look(
          Optional.ofNullable(calendars.get(calendar)).filter(hours -> hours.include(facts.receivedAt())).isPresent(), calendar.toString(),
          facts.receivedAt().toString());
      case Condition.ContinuesTicket _ -> new Look(facts.circumstances().continues(), null, null);
    };
  }

  private static Look anyOf(List<String> values, Predicate<String> wanted, String asked) {
    var found = values.stream().filter(wanted).findFirst();
    return new Look(found.isPresent(), asked, found.orElseGet(() -> values.isEmpty() ? null : String.join(", ", values.stream().limit(5).toList())));
  }

  /// @param field null for all
  private List<String> recipients(Condition.Field field) {
    return switch (field) {
      case null -> Stream.of(facts.to(), facts.cc(), blind()).flatMap(List::stream).distinct().toList();
      case TO -> facts.to();
      case CC -> facts.cc();
      case BCC -> blind();
    };
  }

  /// Whoever got it without being named in To or Cc.
  private List<String> blind() {
    var delivered = facts.envelopeTo();
    boolean named = delivered.isEmpty() || Stream.concat(facts.to().stream(), facts.cc().stream()).anyMatch(one -> is(delivered, one) || is(one, delivered));
    return named ? facts.bcc() : Stream.concat(facts.bcc().stream(), Stream.of(delivered)).distinct().toList();
  }

  /// Whether an address is the one that was asked for, or that with a detail (`+…`).
  private static boolean is(String normalized, String asked) {
    var wanted = Address.of(asked).normalized();
    int plus = normalized.indexOf('+');
    int at = normalized.lastIndexOf('@');
    return normalized.equals(wanted) || plus > 0 && plus < at && (normalized.substring(0, plus) + normalized.substring(at)).equals(wanted);
  }

  private List<String> headers(String name) {
    return facts.headers().stream().filter(header -> header.is(name)).map(header -> header.value()).toList();
  }

  private Stream<File> files() {
    return facts.files().stream().filter(file -> !file.inline());
  }

  private static Predicate<String> isOfType(String wanted) {
    var type = wanted.toLowerCase(Locale.ROOT);
    return type.endsWith("/*") ? found -> found.startsWith(type.substring(0, type.length() - 1)) : type::equals;
  }

  private Verdict verdict(Condition.Check check) {
    var authentication = facts.circumstances().authentication();
    return switch (check) {
      case SPF -> authentication.spf();
      case DKIM -> authentication.dkim();
      case DMARC -> authentication.dmarc();
      case ARC -> authentication.arc();
    };
  }

  private FoldedText body() {
    return folded("body", CleanText.cut(facts.body(), maxText));
  }

  private FoldedText folded(String what, String text) {
    return folded.computeIfAbsent(what, _ -> FoldedText.of(text));
  }

  /// What the mail says of itself, else what its words tell.
  private Optional<String> language() {
    if (language.isEmpty()) {
      language = Optional.of(headers("Content-Language").stream().map(value -> value.split("[-,;_ ]")[0].toLowerCase(Locale.ROOT))
          .filter(said -> said.matches("[a-z]{2}")).findFirst().or(() -> LanguageGuess.of(facts.subject() + "\n" + facts.body())));
    }
    return language.get();
  }
}
