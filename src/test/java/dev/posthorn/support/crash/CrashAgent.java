package dev.posthorn.support.crash;

import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/// Puts a [Fuse] at the beginning and at the end of named methods of the node.
public final class CrashAgent {
  private CrashAgent() {}

  /// @param arguments the fuse's file, then `class#method` as often as needed, separated by commas
  public static void premain(String arguments, Instrumentation instrumentation) {
    var words = List.of(arguments.split(","));
    Fuse.at(Path.of(words.getFirst()));
    var points = words.stream().skip(1).map(point -> point.split("#"))
        .collect(Collectors.groupingBy(point -> point[0], Collectors.mapping(point -> point[1], Collectors.toSet())));
    instrumentation.addTransformer(new Fitter(points));
  }

  /// Fits the points of a class when it is loaded.
  ///
  /// @param points methods by class
  private record Fitter(Map<String, Set<String>> points) implements ClassFileTransformer {
    @Override
    public byte[] transform(ClassLoader loader, String slashed, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
      var name = slashed == null ? "" : slashed.replace('/', '.');
      return points.containsKey(name) ? fit(loader, name, points.get(name), bytes) : null;
    }

    private static byte[] fit(ClassLoader loader, String name, Set<String> methods, byte[] bytes) {
      var files = new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, bytes), ClassFileLocator.ForClassLoader.of(loader));
      var type = TypePool.Default.of(files).describe(name).resolve();
      var fitted = new ByteBuddy().redefine(type, files)
          .visit(Advice.to(Entry.class).on(namedOneOf(methods.toArray(String[]::new))))
          .visit(Advice.to(Exit.class).on(namedOneOf(methods.toArray(String[]::new))))
          .make();
      try (fitted) {
        return fitted.getBytes();
      }
    }
  }

  /// Inlined at the beginning.
  public static final class Entry {
    private Entry() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Origin("#t\\##m") String where) {
      Fuse.entering(where);
    }
  }

  /// Inlined before each return; not where an exception leaves.
  public static final class Exit {
    private Exit() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Origin("#t\\##m") String where) {
      Fuse.leaving(where);
    }
  }

  /// The argument of a JVM that is to crash at one of these points when its fuse is lit.
  ///
  /// @param points `class#method` each
  public static String argument(Path jar, Path fuse, Collection<String> points) {
    return "-javaagent:" + assemble(jar) + "=" + fuse.toAbsolutePath() + "," + String.join(",", points);
  }

  private static Path assemble(Path jar) {
    try {
      var manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().putValue("Premain-Class", CrashAgent.class.getName());
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, ByteBuddy.class.getProtectionDomain().getCodeSource().getLocation().toURI().toString());
      Files.createDirectories(jar.getParent());
      try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
        for (var type : List.of(CrashAgent.class, Fitter.class, Entry.class, Exit.class, Fuse.class)) {
          var name = type.getName().replace('.', '/') + ".class";
          out.putNextEntry(new JarEntry(name));
          try (var bytes = type.getClassLoader().getResourceAsStream(name)) {
            bytes.transferTo(out);
          }
          out.closeEntry();
        }
      }
      return jar.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
