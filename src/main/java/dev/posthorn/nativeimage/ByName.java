package dev.posthorn.nativeimage;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeClassInitialization;
import org.graalvm.nativeimage.hosted.RuntimeReflection;
import org.graalvm.nativeimage.hosted.RuntimeResourceAccess;

/// Keeps in the image what is looked up by name, and out of it what must not have begun before the program starts. Named in
/// `META-INF/native-image/dev.posthorn/posthorn/native-image.properties`.
public final class ByName implements Feature {
  /// Each holds a source of random numbers, addresses of the network, or what the machine's name servers are, as soon as it is touched:
  /// in an image every process would begin with the random numbers and the network of the machine that built it.
  static final List<String> BEGIN_WITH_THE_PROGRAM = List.of(
      "dev.posthorn.channel.SigningIn", "dev.posthorn.web.SecretBox", "dev.posthorn.web.PlainKey", "dev.posthorn.wire.PublicAddresses",
      "com.github.f4b6a3.uuid", "com.google.crypto.tink", "org.xbill.DNS", "org.apache.james.jdkim.codec", "org.apache.james.mime4j.util.MimeUtil",
      "io.github.bucket4j.util.concurrent.batch");

  /// Found by `ServiceLoader`.
  static final List<String> SERVICES = List.of(
      "jakarta.mail.Provider", "jakarta.mail.util.StreamProvider", "jakarta.activation.spi.MailcapRegistryProvider",
      "jakarta.activation.spi.MimeTypeRegistryProvider", "org.apache.james.mime4j.dom.MessageServiceFactory");

  static final List<String> RESOURCES = List.of("application.properties", "org/apache/james/jspf/parser/jspf.default.terms",
      "effective_tld_names.dat");

  /// By the names of their attributes (Lucene), in the list of terms above (jSPF), by the types of content (Angus), in methods that
  /// a stemmer's tables name (Snowball), for the fields of its messages (Protocol Buffers in Tink), and by what a cache is asked to do
  /// (Caffeine; here a size, an end, a listener, weak values: Quarkus keeps others).
  private static final String LIBRARIES = "org\\.apache\\.lucene\\.analysis\\.tokenattributes\\.\\w+Impl|org\\.apache\\.james\\.jspf\\.terms\\.\\w+"
      + "|org\\.eclipse\\.angus\\.mail\\.handlers\\.(text|multipart|message)_\\w+|org\\.tartarus\\.snowball\\.ext\\.\\w+Stemmer"
      + "|com\\.google\\.crypto\\.tink\\.proto\\.(AesGcm|Key|Kms|Encrypted|OutputPrefix)[\\w$]*"
      + "|com\\.github\\.benmanes\\.caffeine\\.cache\\.(S[IS]L?(MS)?A?W?|P[SW]A?W?(MS)?)";

  @Override
  public void afterRegistration(AfterRegistrationAccess image) {
    RuntimeClassInitialization.initializeAtRunTime(BEGIN_WITH_THE_PROGRAM.toArray(String[]::new));
  }

  @Override
  public void beforeAnalysis(BeforeAnalysisAccess image) {
    var path = new ClassPath(image.getApplicationClassPath());
    ours(path).<Class<?>>map(image::findClassByName).filter(type -> type != null && isData(type)).forEach(ByName::keep);
    ofLibraries(path).map(image::findClassByName).forEach(ByName::keep);
    var everywhere = image.getApplicationClassLoader().getUnnamedModule();
    for (var service : SERVICES) {
      RuntimeResourceAccess.addResource(everywhere, ClassPath.SERVICES + service);
      path.providers(service).map(image::findClassByName).forEach(ByName::keep);
    }
    RESOURCES.forEach(resource -> RuntimeResourceAccess.addResource(everywhere, resource));
  }

  static Stream<String> ofLibraries(ClassPath path) {
    return path.classes("org/apache/lucene/", "org/apache/james/jspf/", "org/eclipse/angus/", "org/tartarus/", "com/google/crypto/tink/proto/",
            "com/github/benmanes/caffeine/cache/")
        .filter(name -> name.matches(LIBRARIES));
  }

  static Stream<String> ours(ClassPath path) {
    return path.classes("dev/posthorn/").filter(name -> !name.startsWith("dev.posthorn.nativeimage.") && !name.startsWith("dev.posthorn.workbench."))
        .filter(name -> !name.contains("_") && !name.endsWith("package-info"));
  }

  /// Our own types that JSON is made of and read into: records, enumerations, sealed families, and what says by an annotation how it
  /// is written.
  static boolean isData(Class<?> type) {
    return type.isRecord() || type.isEnum() || type.isSealed() || isWritten(type);
  }

  private static boolean isWritten(Class<?> type) {
    Predicate<AnnotatedElement> annotated = element -> Arrays.stream(element.getDeclaredAnnotations()).map(Annotation::annotationType)
        .anyMatch(annotation -> annotation.getName().startsWith("com.fasterxml.jackson."));
    return annotated.test(type) || Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
        .flatMap(Arrays::stream).anyMatch(annotated);
  }

  private static void keep(Class<?> type) {
    if (type == null) {
      throw new IllegalStateException("A class that is kept in the image by its name is not there");
    }
    RuntimeReflection.register(type);
    RuntimeReflection.register(type.getDeclaredConstructors());
    RuntimeReflection.register(type.getDeclaredMethods());
    RuntimeReflection.register(type.getDeclaredFields());
    if (type.isRecord()) {
      RuntimeReflection.registerAllRecordComponents(type);
    }
    if (type.isSealed()) {
      RuntimeReflection.registerAllPermittedSubclasses(type);
    }
  }
}
