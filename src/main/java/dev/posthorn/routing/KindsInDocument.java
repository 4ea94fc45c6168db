package dev.posthorn.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.posthorn.trust.Verdict;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Discriminator;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/// Says in the OpenAPI document which kinds of conditions and actions there are, and what each is told: as the sealed types have
/// it, so that the document cannot lag behind them.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class KindsInDocument implements OASFilter {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String KIND = "kind";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    describe(document, Condition.class);
    describe(document, Action.class);
  }

  private static void describe(OpenAPI document, Class<?> sealed) {
    var schema = document.getComponents().getSchemas().get(sealed.getSimpleName());
    if (schema == null) {
      return;
    }
    var discriminator = OASFactory.createObject(Discriminator.class).propertyName(KIND);
    for (var kind : sealed.getAnnotation(JsonSubTypes.class).value()) {
      var name = sealed.getSimpleName() + "." + kind.name();
      document.getComponents().addSchema(name, ofKind(kind));
      schema.addOneOf(OASFactory.createSchema().ref(SCHEMAS + name));
      discriminator.addMapping(kind.name(), SCHEMAS + name);
    }
    schema.discriminator(discriminator);
  }

  private static Schema ofKind(JsonSubTypes.Type kind) {
    var told = kind.value().getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    var schema = of(SchemaType.OBJECT).addRequired(KIND).addProperty(KIND, of(SchemaType.STRING).addEnumeration(kind.name()));
    if (told != null) {
      schema.description(told.description());
    }
    for (var field : kind.value().getRecordComponents()) {
      schema.addProperty(field.getName(), ofType(field.getGenericType()));
      if (isNeeded(field)) {
        schema.addRequired(field.getName());
      }
    }
    return schema;
  }

  private static boolean isNeeded(RecordComponent field) {
    return field.getType().isPrimitive() || field.getAccessor().isAnnotationPresent(NotNull.class);
  }

  private static Schema ofType(Type type) {
    return switch (type) {
      case ParameterizedType list when list.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw) ->
          of(SchemaType.ARRAY).items(ofType(list.getActualTypeArguments()[0]));
      case Class<?> one when one == UUID.class -> of(SchemaType.STRING).format("uuid");
      case Class<?> one when one == long.class -> of(SchemaType.INTEGER).format("int64");
      case Class<?> one when one == Condition.class -> OASFactory.createSchema().ref(SCHEMAS + Condition.class.getSimpleName());
      case Class<?> one when one.isEnum() -> of(SchemaType.STRING).enumeration(Arrays.stream(one.getEnumConstants()).<Object>map(KindsInDocument::word).toList());
      default -> of(SchemaType.STRING);
    };
  }

  /// As JSON spells it.
  private static String word(Object constant) {
    if (constant instanceof Verdict verdict) {
      return verdict.word();
    }
    try {
      return constant.getClass().getField(((Enum<?>) constant).name()).getAnnotation(JsonProperty.class).value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("An enum without its own constant", e);
    }
  }

  private static Schema of(SchemaType type) {
    return OASFactory.createSchema().type(List.of(type));
  }
}
