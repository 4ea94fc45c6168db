package dev.posthorn.connector.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.secret.Secret;
import java.util.Optional;

/// A service account of Google, as its key file tells it. Addresses in the file are not used: who wrote it could lead us
/// anywhere.
public record ServiceAccount(String email, String keyId, Secret privateKey) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @return nothing where it is no key file of a service account
  public static Optional<ServiceAccount> read(Secret file) {
    try {
      var tree = JSON.readTree(file.reveal());
      if (tree == null || !"service_account".equals(text(tree, "type")) || text(tree, "client_email").isEmpty() || text(tree, "private_key").isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new ServiceAccount(text(tree, "client_email"), text(tree, "private_key_id"), Secret.of(text(tree, "private_key"))));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// The same again as a key file of one line, with no more in it than is needed.
  public Secret file() {
    return Secret.of(JSON.createObjectNode().put("type", "service_account").put("client_email", email).put("private_key_id", keyId)
        .put("private_key", privateKey.reveal()).toString());
  }

  private static String text(JsonNode tree, String name) {
    return tree.path(name).asText("");
  }
}
