package dev.posthorn.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;

/// Says in the OpenAPI document, once, what holds for every operation: errors are problems, and a merge patch names only
/// what is to change.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DocumentManners implements OASFilter {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String PROBLEM = "Problem";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.getComponents().addSchema(PROBLEM, problem());
    operations(document).forEach(DocumentManners::answerProblems);
    operations(document).flatMap(DocumentManners::patches).forEach(name -> {
      var patch = document.getComponents().getSchemas().get(name);
      if (patch != null) {
        patch.setRequired(null);
      }
    });
  }

  private static Stream<Operation> operations(OpenAPI document) {
    return document.getPaths().getPathItems().values().stream().flatMap(path -> path.getOperations().values().stream());
  }

  private static void answerProblems(Operation operation) {
    operation.getResponses().getAPIResponses().forEach((status, response) -> {
      if ((status.startsWith("4") || status.startsWith("5")) && response.getContent() == null) {
        response.setContent(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE,
            OASFactory.createMediaType().schema(OASFactory.createSchema().ref(SCHEMAS + PROBLEM))));
      }
    });
  }

  /// Names of the schemas that the operation takes as merge patches.
  private static Stream<String> patches(Operation operation) {
    var body = operation.getRequestBody();
    return body == null || body.getContent() == null ? Stream.of() : body.getContent().getMediaTypes().entrySet().stream()
        .filter(type -> type.getKey().equals(MergePatch.MEDIA_TYPE))
        .flatMap(type -> Stream.ofNullable(type.getValue().getSchema()).map(Schema::getRef))
        .filter(ref -> ref != null && ref.startsWith(SCHEMAS))
        .map(ref -> ref.substring(SCHEMAS.length()));
  }

  /// [Problem] as RFC 9457 and this service write it.
  private static Schema problem() {
    var fault = of(Schema.SchemaType.OBJECT)
        .addProperty("pointer", of(Schema.SchemaType.STRING)).addProperty("detail", of(Schema.SchemaType.STRING))
        .addProperty("step", of(Schema.SchemaType.STRING).description("At which step of a longer way it went wrong"))
        .addProperty("hint", of(Schema.SchemaType.STRING).description("What may help"));
    return of(Schema.SchemaType.OBJECT)
        .required(List.of("type", "title", "status"))
        .addProperty("type", of(Schema.SchemaType.STRING).description("/problems/<slug>: the kind, which answers with what it means"))
        .addProperty("title", of(Schema.SchemaType.STRING))
        .addProperty("status", of(Schema.SchemaType.INTEGER))
        .addProperty("detail", of(Schema.SchemaType.STRING))
        .addProperty("instance", of(Schema.SchemaType.STRING))
        .addProperty("errors", of(Schema.SchemaType.ARRAY).items(fault))
        .addProperty("incident", of(Schema.SchemaType.STRING).format("uuid").description("Finds a bug of ours in the log"));
  }

  private static Schema of(Schema.SchemaType type) {
    return OASFactory.createSchema().type(List.of(type));
  }
}
