package dev.posthorn.support;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.Map;

/// A browser comes back from a provider for a mailbox, reads whose tenant it is, and means it.
public final class Callback {
  private static final String PATH = "/oauth/callback";

  private Callback() {}

  /// @param with what the provider has sent it back with
  public static ValidatableResponse come(Map<String, String> with) {
    var page = RestAssured.given().redirects().follow(false).queryParams(with).get(PATH).then();
    return page.extract().asString().contains("id=\"connect\"") ? RestAssured.given().redirects().follow(false).header("Origin", ownPage())
        .formParam("state", with.get("state")).formParam("code", with.get("code")).post(PATH).then() : page;
  }

  /// The origin of our own pages, as a browser says it.
  public static String ownPage() {
    return RestAssured.baseURI + ":" + RestAssured.port;
  }
}
