package dev.posthorn.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.proto.AesGcmKey;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import crawlercommons.domains.EffectiveTldFinder;
import dev.posthorn.mail.RawMail;
import dev.posthorn.routing.Condition;
import dev.posthorn.ticket.TicketView;
import java.io.Closeable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
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
      PackedTokenAttributeImpl.class, IMAPStore.class, MailcapRegistryProviderImpl.class, GermanStemmer.class, EffectiveTldFinder.class, Caffeine.class)
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

  /// A cache's classes are named by what it is asked to do.
  @Test
  void cachesOfEveryKindThatWeAskForAreKept() {
    var kept = ByName.ofLibraries(path).toList();
    var minute = Duration.ofMinutes(1);

    assertThat(Stream.of(sized(), Caffeine.newBuilder().weakValues(), sized().expireAfterWrite(minute), sized().expireAfterAccess(minute),
        sized().removalListener((_, _, _) -> {}), sized().expireAfterAccess(minute).removalListener((_, _, _) -> {})))
        .allSatisfy(kind -> assertThat(kept).as(kind.toString()).containsAll(classesOf(kind.build())));
  }

  @Test
  void noCacheOfOursIsAskedForAnythingElse() {
    var asked = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.posthorn").stream()
        .flatMap(type -> type.getMethodCallsFromSelf().stream()).filter(call -> call.getTargetOwner().isEquivalentTo(Caffeine.class)).map(JavaAccess::getName);

    assertThat(asked).contains("build").isSubsetOf("newBuilder", "build", "maximumSize", "weakValues", "expireAfterWrite", "expireAfterAccess", "removalListener");
  }

  private static Caffeine<Object, Object> sized() {
    return Caffeine.newBuilder().maximumSize(1);
  }

  private static List<String> classesOf(Cache<?, ?> cache) {
    var bounded = cache.asMap().getClass();
    try {
      var nodes = bounded.getSuperclass();
      while (!nodes.getSimpleName().equals("BoundedLocalCache")) {
        nodes = nodes.getSuperclass();
      }
      return List.of(bounded.getName(), value(nodes.getDeclaredField("nodeFactory"), cache.asMap()).getClass().getName());
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
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

  /// What static fields hold is in the image: every process would draw the same random numbers, and addresses and threads of the machine
  /// that built it are refused by the builder, after a quarter of an hour.
  @Test
  void noClassOfOursBringsIntoAnImageWhatMustBeginWithTheProgram() {
    var bringing = ByName.ours(path).filter(name -> brings(initialized(name))).toList();

    assertThat(bringing).isNotEmpty().isSubsetOf(ByName.BEGIN_WITH_THE_PROGRAM);
    assertThat(ByName.BEGIN_WITH_THE_PROGRAM).filteredOn(name -> name.startsWith("dev.posthorn.")).isSubsetOf(bringing);
  }

  private static Class<?> initialized(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean brings(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields()).filter(field -> Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive())
        .anyMatch(field -> isAlive(value(field, null), Collections.newSetFromMap(new IdentityHashMap<>())));
  }

  /// Whether it is, or holds, what belongs to a running process.
  private static boolean isAlive(Object value, Set<Object> seen) {
    if (value == null || !seen.add(value)) {
      return false;
    }
    return switch (value) {
      case Random _, InetAddress _, InetSocketAddress _, Thread _, ExecutorService _, Closeable _ -> true;
      case Object[] many -> Arrays.stream(many).anyMatch(one -> isAlive(one, seen));
      case Collection<?> many -> many.stream().anyMatch(one -> isAlive(one, seen));
      case Map<?, ?> map -> isAlive(map.keySet(), seen) || isAlive(map.values(), seen);
      case Optional<?> maybe -> isAlive(maybe.orElse(null), seen);
      default -> value.getClass().getName().startsWith("dev.posthorn.") && Arrays.stream(value.getClass().getDeclaredFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && !value.getClass().isHidden())
          .anyMatch(field -> isAlive(value(field, value), seen));
    };
  }

  private static Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
