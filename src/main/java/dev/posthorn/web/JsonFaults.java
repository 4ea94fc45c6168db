package dev.posthorn.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Says in the client's words why its JSON could not be read: where, and what was expected. Nothing of the value and no
/// name of a class of ours is told.
final class JsonFaults {
  /// Knows how enums are spelled in JSON.
  private static final ObjectMapper WORDS = new ObjectMapper();

  private JsonFaults() {}

  /// @throws IllegalStateException for a type of ours that cannot be read at all: a bug, not the client's doing
  static Refusal refusal(JsonProcessingException mishap) {
    for (Throwable cause = mishap; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case StreamConstraintsException e -> {
          return Refusal.of(ProblemKind.MALFORMED_JSON, "Nested too deeply, or a name, number or string in it is too long.");
        }
        case InputCoercionException e -> {
          return Refusal.badRequest(pointer(mishap), "Expected " + noun(e.getTargetType()) + ".");
        }
        case StreamReadException e -> {
          return malformed(e);
        }
        case InvalidDefinitionException e -> throw new IllegalStateException("A type cannot be read from JSON", mishap);
        case InvalidTypeIdException e -> {
          return Refusal.badRequest(pointer(mishap) + "/" + tag(e), kinds(e));
        }
        case MismatchedInputException e -> {
          return Refusal.badRequest(pointer(mishap), expected(e));
        }
        case Refusal e -> {
          return below(pointer(mishap), e);
        }
        default -> {
          // The cause may say more.
        }
      }
    }
    return Refusal.badRequest(pointer(mishap), "Not a valid value.");
  }

  private static Refusal malformed(StreamReadException e) {
    var at = e.getLocation();
    return Refusal.of(ProblemKind.MALFORMED_JSON, at == null
        ? "Reading stopped."
        : "Reading stopped at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".");
  }

  /// A value type of ours refused what it was given: its pointers are relative to the value.
  private static Refusal below(String pointer, Refusal refusal) {
    if (refusal.faults().isEmpty()) {
      return refusal.detail().map(detail -> Refusal.at(pointer, refusal.kind(), detail)).orElse(refusal);
    }
    var faults = refusal.faults().stream().map(fault -> new Problem.Fault(pointer + fault.pointer(), fault.detail())).toList();
    return Refusal.of(refusal.kind(), refusal.detail().orElse(null), faults);
  }

  /// The path of Jackson's references as a JSON pointer (RFC 6901, section 3).
  private static String pointer(JsonProcessingException mishap) {
    return mishap instanceof JsonMappingException e
        ? e.getPath().stream()
            .map(step -> step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex()))
            .map(JsonFaults::escaped)
            .collect(Collectors.joining())
        : "";
  }

  static String escaped(String step) {
    return "/" + step.replace("~", "~0").replace("/", "~1");
  }

  private static String expected(MismatchedInputException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown -> known(unknown.getKnownPropertyIds());
      case MismatchedInputException other when other.getMessage().startsWith("Trailing token") -> "Nothing may follow the JSON value.";
      case MismatchedInputException other -> "Expected " + noun(other.getTargetType()) + ".";
    };
  }

  /// The field that says which kind an object is.
  private static String tag(InvalidTypeIdException e) {
    var named = e.getBaseType().getRawClass().getAnnotation(JsonTypeInfo.class);
    return named == null ? "kind" : named.property();
  }

  private static String kinds(InvalidTypeIdException e) {
    var known = e.getBaseType().getRawClass().getAnnotation(JsonSubTypes.class);
    return known == null ? "Unknown kind."
        : (e.getTypeId() == null ? "A kind is needed. Known are: " : "Unknown kind. Known are: ")
            + Arrays.stream(known.value()).map(JsonSubTypes.Type::name).collect(Collectors.joining(", ")) + ".";
  }

  private static String known(Collection<Object> fields) {
    return fields == null || fields.isEmpty()
        ? "Unknown field."
        : "Unknown field. Known are: " + fields.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".";
  }

  private static String noun(Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type.isEnum()) {
      return "one of: " + Arrays.stream(type.getEnumConstants()).map(constant -> WORDS.convertValue(constant, String.class)).collect(Collectors.joining(", "));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (List.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class, Short.class, Byte.class).contains(type)) {
      return "a whole number in range";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
      return "a number";
    }
    if (type == UUID.class) {
      return "an id (a UUID)";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time (RFC 3339)";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "an array";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a string";
    }
    return type.isRecord() || type.isInterface() || Map.class.isAssignableFrom(type) || type.getName().startsWith("com.fasterxml.")
        ? "an object"
        : "a valid value";
  }
}
