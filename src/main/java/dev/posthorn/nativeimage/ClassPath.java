package dev.posthorn.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The directories and archives that an image is built from.
record ClassPath(List<Path> parts) {
  static final String SERVICES = "META-INF/services/";
  private static final String SUFFIX = ".class";

  /// The names of all classes below some directories, `a/b/`.
  Stream<String> classes(String... directories) {
    var names = new ArrayList<String>();
    for (var part : parts) {
      within(part, root -> {
        for (var directory : directories) {
          if (Files.isDirectory(root.resolve(directory))) {
            try (var files = Files.walk(root.resolve(directory))) {
              files.map(file -> root.relativize(file).toString()).filter(name -> name.endsWith(SUFFIX))
                  .map(name -> name.substring(0, name.length() - SUFFIX.length()).replace('/', '.')).forEach(names::add);
            }
          }
        }
      });
    }
    return names.stream().distinct();
  }

  /// The classes that say they provide a service, as `ServiceLoader` reads it: one a line, the rest of a line after `#` is a remark.
  Stream<String> providers(String service) {
    var names = new ArrayList<String>();
    for (var part : parts) {
      within(part, root -> {
        if (Files.exists(root.resolve(SERVICES + service))) {
          Files.readAllLines(root.resolve(SERVICES + service), StandardCharsets.UTF_8).stream()
              .map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).forEach(names::add);
        }
      });
    }
    return names.stream().distinct();
  }

  private interface Look {
    void at(Path root) throws IOException;
  }

  private static void within(Path part, Look look) {
    try {
      if (Files.isDirectory(part)) {
        look.at(part);
      } else if (Files.isRegularFile(part) && part.toString().endsWith(".jar")) {
        try (var archive = FileSystems.newFileSystem(part)) {
          look.at(archive.getPath("/"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + part, e);
    }
  }
}
