package dev.posthorn.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.proto.AesGcmKey;
import crawlercommons.domains.EffectiveTldFinder;
import dev.posthorn.mail.RawMail;
import dev.posthorn.routing.Condition;
import dev.posthorn.ticket.TicketView;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.james.jspf.impl.SPF;
import org.apache.james.mime4j.dom.MessageServiceFactory;
import org.apache.lucene.analysis.tokenattributes.PackedTokenAttributeImpl;
import org.eclipse.angus.activation.MailcapRegistryProviderImpl;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.Test;
import org.tartarus.snowball.ext.GermanStemmer;

/// What is kept by its name is there under that name: a native image that lacks it says so only when it is called.
class ByNameTest {
  private final ClassPath path = new ClassPath(Stream.of(RawMail.class, AesGcmKey.class, SPF.class, MessageServiceFactory.class,
      PackedTokenAttributeImpl.class, IMAPStore.class, MailcapRegistryProviderImpl.class, GermanStemmer.class, EffectiveTldFinder.class)
      .map(ByNameTest::origin).distinct().toList());

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ByNameTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatLibrariesLookUpIsThere() {
    assertThat(ByName.ofLibraries(path)).contains("org.apache.james.jspf.terms.IncludeMechanism", "org.apache.james.jspf.terms.UnknownModifier",
        "org.apache.lucene.analysis.tokenattributes.PackedTokenAttributeImpl", "org.tartarus.snowball.ext.GermanStemmer",
        "org.eclipse.angus.mail.handlers.multipart_mixed", "com.google.crypto.tink.proto.AesGcmKey", "com.google.crypto.tink.proto.Keyset$Key");
  }

  @Test
  void everyServiceHasProvidersThatAreThere() {
    for (var service : ByName.SERVICES) {
      assertThat(path.providers(service)).as(service).isNotEmpty().allSatisfy(name -> assertThat(load(name).isInterface()).isFalse());
    }
  }

  @Test
  void everyFileIsThere() {
    assertThat(ByName.RESOURCES).allSatisfy(file -> assertThat(ByNameTest.class.getClassLoader().getResource(file)).as(file).isNotNull());
  }

  @Test
  void recordsAndFamiliesOfOursAreKept() {
    assertThat(ByName.ours(path).map(ByNameTest::load).filter(ByName::isData)).contains(TicketView.class, Condition.class)
        .containsAll(Arrays.asList(Condition.class.getPermittedSubclasses()));
  }

  /// Else every process that is started from one image would draw the same numbers.
  @Test
  void noClassOfOursBringsRandomNumbersIntoAnImage() {
    var bringing = ByName.ours(path).map(ByNameTest::load)
        .filter(type -> Arrays.stream(type.getDeclaredFields()).anyMatch(field -> Modifier.isStatic(field.getModifiers()) && Random.class.isAssignableFrom(field.getType())))
        .map(Class::getName).toList();

    assertThat(bringing).isNotEmpty().isSubsetOf(ByName.BEGIN_WITH_THE_PROGRAM);
    assertThat(List.copyOf(ByName.BEGIN_WITH_THE_PROGRAM)).filteredOn(name -> name.startsWith("dev.posthorn.")).isSubsetOf(bringing);
  }
}
