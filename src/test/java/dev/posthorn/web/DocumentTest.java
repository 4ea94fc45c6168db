package dev.posthorn.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class DocumentTest {
  @Test
  void theDocumentSaysHowChangesAndErrorsLook() {
    given().get("/openapi?format=json").then().statusCode(200)
        .body("paths.'/api/v1/queues'.post.responses.'201'.content.'application/json'.schema.'$ref'", equalTo("#/components/schemas/QueueView"))
        .body("paths.'/api/v1/queues'.post.responses.'409'.content.'application/problem+json'.schema.'$ref'", equalTo("#/components/schemas/Problem"))
        .body("paths.'/api/v1/queues/{id}'.patch.requestBody.content.'application/merge-patch+json'.schema.'$ref'", equalTo("#/components/schemas/QueueChange"))
        .body("components.schemas.QueueChange.required", nullValue())
        .body("components.schemas.NewQueue.required", notNullValue())
        .body("components.schemas.Problem.properties.errors.items.properties.pointer.type", equalTo("string"));
  }
}
