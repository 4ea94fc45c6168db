package dev.posthorn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every operation of the API that writes is written down, because a filter and a transaction's end see to it, whatever it is. What writes past
/// the API has to say so by itself, and stands here with the test that shows it.
class WaysPastTheApiTest {
  private static final List<Class<? extends Annotation>> WRITING = List.of(POST.class, PUT.class, PATCH.class, DELETE.class);

  /// Of people: what stands in the audit. Of programs: they write no deed of anybody's, but bring mail, news and receipts.
  private static final Map<String, String> KNOWN = Map.of(
      "CallbackResource.connect", "Mailbox_connected: SignInAuditTest",
      "LoginResource.go", "Tenant_founded, Agent_joined, Invitation_accepted, SignIn_begun: EnteringAuditTest",
      "LoginResource.signOut", "SignIn_ended: LoginSessionTest");

  @Test
  void whateverWritesPastTheApiSaysWhatTheAuditHasOfIt() {
    var classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.posthorn");
    var found = classes.stream().filter(one -> one.isAnnotatedWith(Path.class) && isPastTheApi(one)).flatMap(one -> one.getMethods().stream())
        .filter(method -> WRITING.stream().anyMatch(method::isAnnotatedWith)).map(WaysPastTheApiTest::name).collect(Collectors.toCollection(TreeSet::new));

    assertThat(found).isEqualTo(new TreeSet<>(KNOWN.keySet()));
  }

  private static boolean isPastTheApi(JavaClass resource) {
    var path = resource.getAnnotationOfType(Path.class).value();
    return !path.startsWith("/api/v1") && !path.startsWith("/dev") && !path.startsWith("/hooks");
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }
}
