package dev.posthorn.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.net.http.HttpResponse;
import java.util.Map;

/// mock-oauth2-server: it believes whatever people say of themselves.
final class BelievingDoorkeeper implements Doorkeeper {
  @Override
  public String path(String provider) {
    return "/" + provider;
  }

  @Override
  public HttpResponse<String> pass(Visitor visitor, String provider, HttpResponse<String> page) {
    return visitor.post(page.uri(), Map.of("username", visitor.person().name(), "claims", claims(visitor.person())));
  }

  private static String claims(Visitor.Person person) {
    try {
      return new ObjectMapper().writeValueAsString(Map.of("email", person.email(), "email_verified", person.verified(), "name", "Name of " + person.name()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String token(String provider, Visitor.Person person, String audience) {
    return RestAssured.given().formParam("grant_type", "client_credentials").formParam("client_id", person.name()).formParam("client_secret", "s")
        .formParam("scope", audience).post(System.getProperty("posthorn.test.provider-url") + provider + "/token").then().statusCode(200).extract().path("access_token");
  }
}
