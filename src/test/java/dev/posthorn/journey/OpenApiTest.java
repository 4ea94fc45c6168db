package dev.posthorn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The document that the service publishes is the file that clients find in the repository.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
class OpenApiTest {
  private static final Path FILE = Path.of("docs/openapi.json");

  @Test
  void publishedDocumentIsTheOneInTheRepository() throws IOException {
    var published = inOrder(RestAssured.get("/openapi?format=json").then().statusCode(200).extract().asString());
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/openapi.json"), published);
    if (Boolean.getBoolean("posthorn.docs.write")) {
      Files.writeString(FILE, published);
    }

    assertThat(published)
        .as("docs/openapi.json is to be what is published: run ./mvnw test -Dtest=OpenApiTest -Dposthorn.docs.write=true and look at the difference")
        .isEqualTo(Files.readString(FILE));
  }

  @Test
  void swaggerUiIsServed() {
    RestAssured.get("/docs").then().statusCode(200);
  }

  /// Keys sorted: the order in which classes are scanned says nothing.
  private static String inOrder(String json) throws IOException {
    ObjectMapper mapper = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT).build();
    return mapper.writeValueAsString(mapper.readValue(json, Map.class)) + "\n";
  }
}
