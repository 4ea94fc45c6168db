package dev.posthorn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.posthorn.tenant.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The house holds: rooms in the order that mail travels, and the fences beyond the order. Each rule says why.
class ArchitectureTest {
  /// The table of contents. A room may import only rooms earlier in the list.
  private static final List<String> ROOMS = List.of("mail", "tenant", "trace", "secret", "wire", "web", "audit", "blob", "event", "connector", "team", "channel",
      "intake", "ingress", "trust", "outbox", "contact", "text", "queue", "sla", "search", "ticket", "desk", "feed", "stats", "setup", "login", "routing", "triage",
      "privacy", "archive", "figures", "workbench", "nativeimage");

  private static final JavaClasses HOUSE =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.posthorn");

  @Test
  void everyClassIsRead() {
    // An importer that cannot read the class files of this Java checks nothing, and every rule would pass.
    assertThat(HOUSE.size()).isGreaterThan(200);
  }

  @Test
  void roomsImportOnlyEarlierRooms() {
    classes().that().resideInAPackage("dev.posthorn..")
        .should(useOnlyEarlierRooms(ROOMS))
        .because("a total order is short to say, has no circles, and reads in the direction that mail travels")
        .check(HOUSE);
  }

  @Test
  void theOrderBites() {
    var turned = ROOMS.reversed();

    assertThatThrownBy(() -> classes().that().resideInAPackage("dev.posthorn..").should(useOnlyEarlierRooms(turned)).check(HOUSE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("triage may not use");
  }

  @Test
  void everyPackageIsARoomOfTheList() {
    var rooms = HOUSE.stream().map(ArchitectureTest::room).filter(room -> !room.isEmpty()).distinct().toList();

    assertThat(ROOMS).containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void architecturePageHasTheSameList() throws IOException {
    var page = Files.readString(Path.of("ARCHITECTURE.md"));
    var rows = Pattern.compile("^\\| \\d+ \\| `(\\w+)` ", Pattern.MULTILINE).matcher(page).results().map(row -> row.group(1)).toList();

    assertThat(rows).isEqualTo(ROOMS);
  }

  @Test
  void mailIsPure() {
    noClasses().that().resideInAPackage("dev.posthorn.mail..")
        .should().dependOnClassesThat().resideInAnyPackage("jakarta.inject..", "jakarta.enterprise..", "jakarta.persistence..",
            "jakarta.ws.rs..", "io.quarkus..", "io.smallrye..", "java.net.http..", "java.sql..")
        .orShould().callMethod("java.time.Instant", "now").orShould().callMethod("java.time.Clock", "systemUTC")
        .because("bytes in, records out: the same mail gives the same records, whenever and wherever")
        .check(HOUSE);
  }

  @Test
  void decisionsArePure() {
    noClasses().that().haveSimpleName("Placing").or().haveSimpleName("Evidence").or().haveSimpleName("Backoff")
        .or().haveSimpleName("ChannelMap").or().haveSimpleName("Screening").or().haveSimpleName("Alignment").or().haveSimpleName("Router").or().haveSimpleName("Condition").or().haveSimpleName("Matching").or().haveSimpleName("RuleFacts").or().haveSimpleName("Budget").or().haveSimpleName("Allotment")
        .should().dependOnClassesThat().resideInAnyPackage("jakarta.inject..", "jakarta.enterprise..", "jakarta.ws.rs..",
            "io.quarkus..", "java.sql..")
        .because("a decision can be tried, explained and repeated only if nothing but its arguments is in it")
        .check(HOUSE);
  }

  @Test
  void connectorsChildrenAreStrangers() {
    for (var child : List.of("smtp", "imap", "gmail", "graph", "discovery")) {
      noClasses().that().resideInAPackage("dev.posthorn.connector." + child + "..")
          .should().dependOnClassesThat(other(child))
          .because("each way to a provider is replaceable alone")
          .allowEmptyShould(true)
          .check(HOUSE);
    }
  }

  @Test
  void onlyIngressBringsMailIn() {
    noClasses().that().resideOutsideOfPackages("dev.posthorn.ingress..", "dev.posthorn.intake..", "dev.posthorn.archive..")
        .should().dependOnClassesThat().haveFullyQualifiedName("dev.posthorn.intake.Intake")
        .because("what is acknowledged is decided at the ways in, nowhere else")
        .check(HOUSE);
  }

  @Test
  void outboxKnowsNoTickets() {
    noClasses().that().resideInAPackage("dev.posthorn.outbox..")
        .should().dependOnClassesThat().resideInAnyPackage("dev.posthorn.ticket..", "dev.posthorn.triage..", "dev.posthorn.queue..")
        .because("the outbox carries mail, not meaning")
        .check(HOUSE);
  }

  @Test
  void transactionsDoNotTouchTheNetwork() {
    methods().that().areAnnotatedWith(Transactional.class)
        .should(notCall("dev.posthorn.connector"))
        .because("a slow server must not hold a connection and its locks")
        .check(HOUSE);
  }

  @Test
  void timeIsInjected() {
    noClasses().should().callMethod("java.time.Instant", "now")
        .orShould().callMethod("java.lang.System", "currentTimeMillis")
        .orShould().callMethod("java.lang.Thread", "sleep", "long")
        .because("what asks for the time takes the clock by injection; what waits waits for a condition")
        .check(HOUSE);
  }

  @Test
  void whoWorksIsFound() {
    classes().that().implement(Worker.class).should().beAnnotatedWith(ApplicationScoped.class)
        .because("workers are started where they are beans, and one that is none would never run")
        .check(HOUSE);
  }

  @Test
  void namesSayWhatTheyAre() {
    noClasses().that().resideInAPackage("dev.posthorn..")
        .should().haveNameMatching(".*\\.[A-Za-z]*(Util|Utils|Helper|Manager|Impl|Service|Handler|Processor|Abstract|Common|Misc|Info|DTO)")
        .because("such a name says that nobody knew what it is")
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaClass> other(String child) {
    return DescribedPredicate.describe("live in another child of connector",
        type -> type.getPackageName().startsWith("dev.posthorn.connector.") && !type.getPackageName().startsWith("dev.posthorn.connector." + child));
  }

  private static ArchCondition<JavaClass> useOnlyEarlierRooms(List<String> order) {
    return new ArchCondition<>("use only rooms earlier in the list") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        int own = order.indexOf(room(type));
        if (own < 0) {
          return; // The root package starts the house and sees all of it.
        }
        type.getDirectDependenciesFromSelf().forEach(dependency -> {
          var target = room(dependency.getTargetClass());
          if (order.indexOf(target) > own) {
            events.add(SimpleConditionEvent.violated(type, order.get(own) + " may not use " + target + ": " + dependency.getDescription()));
          }
        });
      }
    };
  }

  private static ArchCondition<JavaMethod> notCall(String room) {
    return new ArchCondition<>("not call " + room) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        for (JavaMethodCall call : method.getMethodCallsFromSelf()) {
          if (call.getTargetOwner().getFullName().equals(room + ".MailSender")) {
            events.add(SimpleConditionEvent.violated(method, call.getDescription()));
          }
        }
      }
    };
  }

  private static String room(JavaClass type) {
    var name = type.getPackageName();
    if (!name.startsWith("dev.posthorn.")) {
      return "";
    }
    var rest = name.substring("dev.posthorn.".length());
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
  }
}
