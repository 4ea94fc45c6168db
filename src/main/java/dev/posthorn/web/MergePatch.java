package dev.posthorn.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;

/// JSON Merge Patch (RFC 7396) on a record of the fields that may be edited:
///
/// ```java
/// @PATCH @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
/// TeamView change(@PathParam("id") UUID id, ObjectNode patch) {
///   preconditions.check(view);
///   var wanted = mergePatch.apply(new TeamChange(team.name, team.displayName), patch);
/// ```
@ApplicationScoped
public class MergePatch {
  public static final String MEDIA_TYPE = "application/merge-patch+json";

  private final ObjectMapper json;
  private final Validator validator;

  MergePatch(ObjectMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /// The record as it is to be. Its Bean Validation constraints hold afterwards.
  ///
  /// @throws Refusal 400 with a pointer for each field that the record does not have, is of a wrong type, or breaks a
  ///     constraint
  public <T extends Record> T apply(T current, ObjectNode patch) {
    if (patch == null) {
      throw Refusal.badRequest("", "A JSON object with the fields to change is needed.");
    }
    var wanted = read(merge(json.valueToTree(current), patch), current);
    var violations = validator.validate(wanted);
    if (!violations.isEmpty()) {
      throw ViolationFaults.refusal(violations);
    }
    return wanted;
  }

  @SuppressWarnings("unchecked")
  private <T> T read(JsonNode merged, T current) {
    try {
      return (T) json.treeToValue(merged, current.getClass());
    } catch (JsonProcessingException e) {
      throw JsonFaults.refusal(e);
    }
  }

  /// `MergePatch(Target, Patch)` of RFC 7396, section 2.
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    var result = target instanceof ObjectNode object ? object.deepCopy() : changes.objectNode();
    changes.properties().forEach(field -> {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        result.set(field.getKey(), merge(result.path(field.getKey()), field.getValue()));
      }
    });
    return result;
  }
}
