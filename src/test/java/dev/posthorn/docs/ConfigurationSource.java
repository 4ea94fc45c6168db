package dev.posthorn.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Reads what may be configured from the sources of the `@ConfigMapping` interfaces: their comments are not in the class
/// files. Parsed by the compiler's own tree API, not compiled.
public final class ConfigurationSource {
  private static final Path SOURCES = Path.of("src/main/java");

  /// Several groups of one kind, each under a name that the operator chooses.
  private static final Pattern A_MAP = Pattern.compile("Map<String, ?(\\w+)>");

  /// @param name as it is written in a properties file
  /// @param type in words
  /// @param preset the default; empty where there is none
  /// @param optional whether it may be left out without a default
  /// @param meaning of the comment, on one line
  public record Key(String name, String type, Optional<String> preset, boolean optional, String meaning) {}

  /// The keys of one interface.
  ///
  /// @param room where it lives
  public record Group(String prefix, String room, String meaning, List<Key> keys) {}

  private ConfigurationSource() {}

  /// All groups, in the order of their prefixes.
  public static List<Group> read() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(mappings()));
      var docs = DocTrees.instance(task);
      return Stream.of(task.parse()).flatMap(ConfigurationSource::stream)
          .flatMap(unit -> unit.getTypeDecls().stream()
              .filter(ClassTree.class::isInstance)
              .map(type -> new TreePath(new TreePath(unit), type))
              .flatMap(path -> group(path, docs).stream()))
          .sorted((a, b) -> a.prefix.compareTo(b.prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Stream<T> stream(Iterable<? extends T> all) {
    Stream.Builder<T> stream = Stream.builder();
    all.forEach(stream::add);
    return stream.build();
  }

  private static List<Path> mappings() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith("Config.java")).sorted().toList();
    }
  }

  private static Optional<Group> group(TreePath path, DocTrees docs) {
    var type = (ClassTree) path.getLeaf();
    return annotation(type.getModifiers(), "ConfigMapping").map(mapping -> {
      var prefix = argument(mapping, "prefix").orElseThrow();
      var room = path.getCompilationUnit().getPackageName().toString();
      return new Group(prefix, room.substring("dev.posthorn.".length()), meaning(path, docs), keys(prefix, path, docs).toList());
    });
  }

  private static Stream<Key> keys(String prefix, TreePath path, DocTrees docs) {
    var type = (ClassTree) path.getLeaf();
    return type.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .flatMap(method -> key(prefix, method, type, path, docs));
  }

  /// A method whose type is an interface in the same one opens a group of its own.
  private static Stream<Key> key(String prefix, MethodTree method, ClassTree owner, TreePath path, DocTrees docs) {
    var values = A_MAP.matcher(method.getReturnType().toString());
    var name = prefix + "." + annotation(method.getModifiers(), "WithName").flatMap(with -> argument(with, "value"))
        .orElseGet(() -> kebab(method.getName().toString())) + (values.matches() ? ".\"<name>\"" : "");
    var returned = values.matches() ? values.group(1) : method.getReturnType().toString();
    var inner = owner.getMembers().stream()
        .filter(member -> member.getKind() == Tree.Kind.INTERFACE && ((ClassTree) member).getSimpleName().contentEquals(returned))
        .findFirst();
    if (inner.isPresent()) {
      var inside = keys(name, new TreePath(path, inner.get()), docs);
      // Of something that may be left out whole, nothing has to be set.
      return values.matches() ? inside.map(key -> new Key(key.name, key.type, key.preset, true, key.meaning)) : inside;
    }
    var preset = annotation(method.getModifiers(), "WithDefault").flatMap(with -> argument(with, "value"));
    return Stream.of(new Key(name, type(returned, method.getModifiers()), preset, returned.startsWith("Optional<"),
        meaning(new TreePath(path, method), docs)));
  }

  /// As SmallRye Config writes it: `maxMailBytes` is `max-mail-bytes`.
  private static String kebab(String method) {
    return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String type(String returned, ModifiersTree modifiers) {
    var inner = returned.startsWith("Optional<") ? returned.substring("Optional<".length(), returned.length() - 1) : returned;
    var words = switch (inner) {
      case "boolean" -> "true or false";
      case "int", "long", "Integer", "Long" -> "number";
      case "String" -> "text";
      case "Duration" -> "duration";
      case "Path" -> "file";
      case "List<String>" -> "list of texts";
      default -> throw new IllegalStateException("No word for the type " + inner + ": add it here");
    };
    var least = annotation(modifiers, "Min").flatMap(min -> argument(min, "value")).map(min -> ", at least " + min).orElse("");
    var most = annotation(modifiers, "Max").flatMap(max -> argument(max, "value")).map(max -> ", at most " + max).orElse("");
    return words + least + most;
  }

  private static String meaning(TreePath path, DocTrees docs) {
    var comment = Optional.ofNullable(docs.getDocComment(path)).orElse("").strip().replaceAll("\\s*\\n\\s*", " ");
    if (comment.isEmpty()) {
      throw new IllegalStateException("No comment says what this configures: " + path.getLeaf());
    }
    // A link to a class is only its name here.
    return comment.replaceAll("\\[([A-Za-z.#]+)](?!\\()", "`$1`").replace("|", "\\|");
  }

  private static Optional<AnnotationTree> annotation(ModifiersTree modifiers, String name) {
    return modifiers.getAnnotations().stream()
        .filter(one -> one.getAnnotationType().toString().equals(name))
        .map(AnnotationTree.class::cast)
        .findFirst();
  }

  private static Optional<String> argument(AnnotationTree annotation, String name) {
    return annotation.getArguments().stream()
        .filter(AssignmentTree.class::isInstance)
        .map(AssignmentTree.class::cast)
        .filter(argument -> argument.getVariable().toString().equals(name))
        .map(AssignmentTree::getExpression)
        .findFirst()
        .or(() -> annotation.getArguments().stream().filter(one -> !(one instanceof AssignmentTree)).map(ExpressionTree.class::cast).findFirst())
        .map(ConfigurationSource::value);
  }

  private static String value(ExpressionTree expression) {
    return switch (expression) {
      case LiteralTree literal -> String.valueOf(literal.getValue());
      case ParenthesizedTree inBrackets -> value(inBrackets.getExpression());
      default -> throw new IllegalStateException("Not a plain value: " + expression);
    };
  }
}
