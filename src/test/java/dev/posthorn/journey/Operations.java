package dev.posthorn.journey;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every operation of the service, as its annotations have it.
final class Operations {
  /// One of them.
  ///
  /// @param path with holes, as in the OpenAPI document
  /// @param roles who may; empty where nobody said, `*` for everybody
  /// @param consumes a type of body that it reads
  record Operation(String method, String path, Optional<Set<String>> roles, String consumes, String where) {
    /// As the OpenAPI document has it.
    String key() {
      return method.toLowerCase(Locale.ROOT) + " " + path;
    }

    @Override
    public String toString() {
      return method + " " + path + " (" + where + ")";
    }
  }

  private static final Path CLASSES = Path.of("target/classes");
  private static final List<Operation> ALL = read();

  private Operations() {}

  static List<Operation> all() {
    return ALL;
  }

  private static List<Operation> read() {
    try (var files = Files.walk(CLASSES.resolve("dev/posthorn"))) {
      return files.map(file -> CLASSES.relativize(file).toString()).filter(name -> name.endsWith(".class") && !name.contains("/workbench/"))
          .map(Operations::loaded).filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class)).flatMap(Operations::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> loaded(String file) {
    try {
      return Class.forName(file.substring(0, file.length() - ".class".length()).replace('/', '.'), false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Operation> of(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods()).flatMap(method -> verb(method).stream().map(verb -> new Operation(verb,
        joined(resource.getAnnotation(jakarta.ws.rs.Path.class).value(),
        Optional.ofNullable(method.getAnnotation(jakarta.ws.rs.Path.class)).map(jakarta.ws.rs.Path::value).orElse("")),
        rule(method).or(() -> rule(resource)), consumes(method), resource.getSimpleName() + "." + method.getName())));
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType).flatMap(type -> Stream.ofNullable(type.getAnnotation(HttpMethod.class)))
        .map(HttpMethod::value).findFirst();
  }

  private static Optional<Set<String>> rule(AnnotatedElement element) {
    if (element.isAnnotationPresent(PermitAll.class)) {
      return Optional.of(Set.of("*"));
    }
    return Optional.ofNullable(element.getAnnotation(RolesAllowed.class)).map(allowed -> Set.of(allowed.value()));
  }

  private static String consumes(Method method) {
    var types = Optional.ofNullable(method.getAnnotation(Consumes.class)).map(found -> List.of(found.value())).orElse(List.of("application/json"));
    var json = types.stream().filter(type -> type.equals("application/json")).findFirst();
    return json.orElse(types.getFirst().contains("*") ? "text/plain" : types.getFirst());
  }

  /// Without the patterns of holes: `{id: \d+}` is `{id}`.
  private static String joined(String first, String second) {
    var path = ("/" + first + "/" + second).replaceAll("/+", "/").replaceAll("\\{(\\w+)\\s*:(?:[^{}]|\\{[^{}]*\\})*\\}", "{$1}");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
