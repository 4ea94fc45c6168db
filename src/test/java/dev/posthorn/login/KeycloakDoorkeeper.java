package dev.posthorn.login;

import static dev.posthorn.login.Visitor.found;

import dev.posthorn.support.real.Keycloak;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

/// A real Keycloak: it knows whom it lets in, and by which password.
final class KeycloakDoorkeeper implements Doorkeeper {
  private static final String PASSWORD = "open-sesame-7";

  private final String url = System.getProperty("posthorn.test.keycloak-url");

  @Override
  public String path(String provider) {
    return "/realms/" + provider;
  }

  @Override
  public HttpResponse<String> pass(Visitor visitor, String provider, HttpResponse<String> page) {
    known(provider, visitor.person());
    return visitor.post(form(page, "login-actions/authenticate"), Map.of("username", visitor.person().name(), "password", PASSWORD, "credentialId", ""));
  }

  /// Where a form of a page leads.
  ///
  /// @param part of its address
  static URI form(HttpResponse<String> page, String part) {
    return page.uri().resolve(found(page, "action=\"([^\"]*" + part + "[^\"]*)\"").replace("&amp;", "&"));
  }

  /// Somebody who is asked whether they mean to sign out at the provider, and means it.
  HttpResponse<String> leave(Visitor visitor, URI link) {
    var page = visitor.open(link);
    return visitor.post(form(page, "logout-confirm"), Map.of("session_code", found(page, "name=\"session_code\" value=\"([^\"]+)\""), "confirmLogout", "Logout"));
  }

  private void known(String realm, Visitor.Person person) {
    Keycloak.person(url, realm, person.name(), PASSWORD, person.email(), person.verified());
  }

  @Override
  public String token(String provider, Visitor.Person person, String audience) {
    known(provider, person);
    return RestAssured.given().formParam("grant_type", "password").formParam("client_id", "program-of-" + audience).formParam("username", person.name())
        .formParam("password", PASSWORD).formParam("scope", "openid").post(url + path(provider) + "/protocol/openid-connect/token")
        .then().statusCode(200).extract().path("access_token");
  }
}
