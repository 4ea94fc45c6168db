package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.support.Chromium;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Somebody signs in with a real browser, founds a tenant, comes again, and signs out.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class LoginBrowserTest {
  private static final String HOST = "http://posthorn.example";

  private final String someone = UUID.randomUUID().toString();

  @Test
  void somebodyClicksTheirWayInAndOut() throws IOException {
    assumeTrue(Chromium.isThere(), "no chromedriver here: apt-get install chromium chromium-driver");
    try (var browser = Chromium.start(Map.of("posthorn.example:80", "127.0.0.1:" + RestAssured.port))) {
      signIn(browser);
      browser.write("company", "Acme " + someone);
      browser.click("found");
      await().atMost(Duration.ofSeconds(30)).until(() -> browser.address().endsWith("/problems/gone"));
      browser.open(HOST + "/api/v1/session");
      assertThat(browser.text()).contains("Acme " + someone, "\"role\":\"admin\"");

      browser.open(HOST + "/login");
      browser.click("sign-out");
      await().atMost(Duration.ofSeconds(30)).until(() -> browser.text().contains("You are signed out"));
      browser.open(HOST + "/api/v1/session");
      assertThat(browser.text()).contains("unauthorized");

      signIn(browser);
      await().atMost(Duration.ofSeconds(30)).until(() -> browser.address().endsWith("/problems/gone"));
    }
  }

  private void signIn(Chromium browser) {
    browser.open(HOST + "/login");
    browser.click("with-acme");
    browser.write("username", someone);
    browser.write("claims", "{\"email\":\"anna@acme.example\",\"email_verified\":true,\"name\":\"Anna\"}");
    browser.send();
  }
}
