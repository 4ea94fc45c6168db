package dev.posthorn.web;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// Reads query parameters. One that cannot be read is a 400 that names it; JAX-RS alone would say 404 (section 3.2 of its
/// specification), which is right for a part of the path and misleading for a filter.
@Provider
public class QueryParameters implements ParamConverterProvider {
  private record Kind(Function<String, ?> read, String noun) {}

  private static final Kind WHOLE = new Kind(Integer::valueOf, "a whole number");
  private static final Kind LONG = new Kind(Long::valueOf, "a whole number");
  private static final Kind TRUTH = new Kind(QueryParameters::truth, "true or false");
  private static final Map<Class<?>, Kind> KINDS = Map.of(
      int.class, WHOLE, Integer.class, WHOLE, long.class, LONG, Long.class, LONG, boolean.class, TRUTH, Boolean.class, TRUTH,
      UUID.class, new Kind(UUID::fromString, "an id (a UUID)"), Instant.class, new Kind(Instant::parse, "a time (RFC 3339)"));

  @Override
  public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
    var kind = KINDS.get(type);
    if (kind == null || annotations == null) {
      return null;
    }
    return Arrays.stream(annotations).filter(QueryParam.class::isInstance).map(QueryParam.class::cast).findFirst()
        .<ParamConverter<T>>map(query -> new Named<>(query.value(), kind)).orElse(null);
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private record Named<T>(String name, Kind kind) implements ParamConverter<T> {
    @Override
    @SuppressWarnings("unchecked")
    public T fromString(String text) {
      if (text == null) {
        return null;
      }
      try {
        return (T) kind.read().apply(text);
      } catch (RuntimeException e) {
        throw Refusal.badRequest(name, "Expected " + kind.noun() + ".");
      }
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
