package dev.posthorn.workbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;

class WorkbenchTest {

  @Test
  void everyBeanAndEndpointOfTheWorkbenchIsLeftOutOfOtherBuilds() {
    var workbench = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.posthorn.workbench");

    classes().that(areBeansOrEndpoints()).should(beForDevelopmentOnly())
        .because("in production nobody may read the mail that leaves").check(workbench);
  }

  private static DescribedPredicate<JavaClass> areBeansOrEndpoints() {
    return DescribedPredicate.describe("are beans or endpoints", type -> type.isAnnotatedWith(Path.class)
        || type.isAnnotatedWith(ApplicationScoped.class) || type.isAnnotatedWith(Singleton.class));
  }

  private static ArchCondition<JavaClass> beForDevelopmentOnly() {
    return new ArchCondition<>("be built in the dev profile only") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var only = type.tryGetAnnotationOfType(IfBuildProfile.class)
            .map(profile -> profile.value().equals("dev")).orElse(false);
        events.add(new SimpleConditionEvent(type, only, type.getName() + " is built in other profiles too"));
      }
    };
  }
}
