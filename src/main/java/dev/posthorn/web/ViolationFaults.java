package dev.posthorn.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says which fields and parameters of a request break which constraints (Bean Validation), one fault each.
final class ViolationFaults {
  private ViolationFaults() {}

  static Refusal refusal(Collection<? extends ConstraintViolation<?>> violations) {
    var faults = violations.stream()
        .map(violation -> new Problem.Fault(pointer(violation), sentence(violation.getMessage())))
        .sorted((one, other) -> one.pointer().compareTo(other.pointer()))
        .toList();
    return Refusal.of(ProblemKind.INVALID_REQUEST, null, faults);
  }

  /// Whether a resource method answered something that breaks its own constraints: a bug of ours.
  static boolean ours(Collection<? extends ConstraintViolation<?>> violations) {
    return violations.stream().anyMatch(violation -> nodes(violation).stream().anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE));
  }

  private static String pointer(ConstraintViolation<?> violation) {
    var nodes = nodes(violation);
    var parameter = nodes.stream().filter(node -> node.getKind() == ElementKind.PARAMETER).findFirst();
    var named = parameter.flatMap(node -> declared(violation, nodes.getFirst(), node.as(Path.ParameterNode.class).getParameterIndex()))
        .flatMap(ViolationFaults::nameOf);
    if (named.isPresent()) {
      return named.get();
    }
    var below = new StringBuilder();
    for (var node : nodes) {
      // An element is named by the index or key of its container, which stands on the node itself.
      if (node.getIndex() != null) {
        below.append(JsonFaults.escaped(String.valueOf(node.getIndex())));
      } else if (node.getKey() != null) {
        below.append(JsonFaults.escaped(String.valueOf(node.getKey())));
      }
      if (node.getKind() == ElementKind.PROPERTY) {
        below.append(JsonFaults.escaped(node.getName()));
      }
    }
    return below.toString();
  }

  private static List<Path.Node> nodes(ConstraintViolation<?> violation) {
    var nodes = new ArrayList<Path.Node>();
    violation.getPropertyPath().forEach(nodes::add);
    return nodes;
  }

  private static Optional<Annotation[]> declared(ConstraintViolation<?> violation, Path.Node method, int index) {
    if (method.getKind() != ElementKind.METHOD) {
      return Optional.empty();
    }
    var types = method.as(Path.MethodNode.class).getParameterTypes().toArray(Class<?>[]::new);
    // The bean may be a subclass that CDI made.
    for (Class<?> type = violation.getRootBeanClass(); type != null; type = type.getSuperclass()) {
      var found = Arrays.stream(type.getDeclaredMethods()).filter(declared -> same(declared, method.getName(), types)).findFirst();
      if (found.isPresent() && !found.get().isSynthetic() && !type.getName().contains("_Subclass")) {
        return Optional.of(found.get().getParameterAnnotations()[index]);
      }
    }
    return Optional.empty();
  }

  private static boolean same(Method method, String name, Class<?>[] types) {
    return method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), types);
  }

  private static Optional<String> nameOf(Annotation[] annotations) {
    return Arrays.stream(annotations).flatMap(annotation -> switch (annotation) {
      case QueryParam query -> Stream.of(query.value());
      case PathParam path -> Stream.of(path.value());
      case HeaderParam header -> Stream.of(header.value());
      case CookieParam cookie -> Stream.of(cookie.value());
      default -> Stream.<String>empty();
    }).findFirst();
  }

  private static String sentence(String message) {
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".");
  }
}
