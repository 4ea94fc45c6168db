package dev.posthorn.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.POST;
import org.junit.jupiter.api.Test;

class PostsTest {
  private static final ArchRule EVERY_POST = methods().that().areAnnotatedWith(POST.class)
      .should().beAnnotatedWith(Idempotent.class).orShould().beAnnotatedWith(NotIdempotent.class)
      .because("a client that heard no answer must be able to ask again");

  @Test
  void everyPostSaysWhetherItMayBeRepeated() {
    JavaClasses ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.posthorn");

    EVERY_POST.check(ours);
  }

  @Test
  void theRuleBites() {
    JavaClasses silent = new ClassFileImporter().importClasses(Silent.class);

    assertThatThrownBy(() -> EVERY_POST.check(silent)).isInstanceOf(AssertionError.class).hasMessageContaining("Silent");
  }

  static class Silent {
    @POST
    void post() {}
  }
}
