package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/// Reads JSON as it is written: `"5"` is no number, `1` is not true, `""` is no id, a field has one value. What is guessed
/// silently today is a surprise tomorrow. (Jackson's limits of depth and length stay as they are.)
@Singleton
class StrictJson implements ObjectMapperCustomizer {
  private static final Map<LogicalType, Set<CoercionInputShape>> REFUSED = Map.of(
      LogicalType.Textual, Set.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean),
      LogicalType.Integer, Set.of(CoercionInputShape.String, CoercionInputShape.EmptyString, CoercionInputShape.Float, CoercionInputShape.Boolean),
      LogicalType.Float, Set.of(CoercionInputShape.String, CoercionInputShape.EmptyString, CoercionInputShape.Boolean),
      LogicalType.Boolean, Set.of(CoercionInputShape.String, CoercionInputShape.EmptyString, CoercionInputShape.Integer),
      LogicalType.Enum, Set.of(CoercionInputShape.EmptyString, CoercionInputShape.Integer),
      LogicalType.DateTime, Set.of(CoercionInputShape.EmptyString),
      LogicalType.OtherScalar, Set.of(CoercionInputShape.EmptyString),
      LogicalType.POJO, Set.of(CoercionInputShape.EmptyString));

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    REFUSED.forEach((type, shapes) -> shapes.forEach(shape -> mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail)));
  }
}
