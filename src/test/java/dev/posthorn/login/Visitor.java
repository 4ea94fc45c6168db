package dev.posthorn.login;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody with a browser of their own: it keeps cookies, goes where it is sent, and says from which page a form comes.
final class Visitor {
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(cookies).followRedirects(HttpClient.Redirect.NORMAL).build();
  private final String subject;
  private final String claims;

  /// @param claims JSON, beside the subject
  Visitor(String subject, String claims) {
    this.subject = subject;
    this.claims = claims;
  }

  static String url(String path) {
    return "http://localhost:" + RestAssured.port + path;
  }

  /// Opens a page of ours.
  HttpResponse<String> open(String path) {
    return say(HttpRequest.newBuilder(URI.create(url(path))).build());
  }

  /// Signs in at a provider, from our page on, and comes back.
  HttpResponse<String> signIn(String provider) {
    var page = open("/login/with/" + provider);
    if (!page.uri().getPath().startsWith("/" + provider)) {
      throw new AssertionError("Not at the provider: " + page.uri() + " " + page.statusCode() + " " + page.body());
    }
    return say(HttpRequest.newBuilder(page.uri()).header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form(Map.of("username", subject, "claims", claims)))).build());
  }

  /// Sends a form of the page where people choose.
  HttpResponse<String> choose(Map<String, String> fields) {
    return send("/login/entrance", fields, url(""));
  }

  /// Sends a form.
  ///
  /// @param origin of the page that it stands on
  HttpResponse<String> send(String path, Map<String, String> fields, String origin) {
    return say(HttpRequest.newBuilder(URI.create(url(path))).header("Content-Type", "application/x-www-form-urlencoded").header("Origin", origin)
        .POST(BodyPublishers.ofString(form(fields))).build());
  }

  /// Asks the API as a page of ours would.
  HttpResponse<String> api(String method, String path, String body) {
    return api(method, path, body, url(""));
  }

  HttpResponse<String> api(String method, String path, String body, String origin) {
    return say(HttpRequest.newBuilder(URI.create(url("/api/v1" + path))).header("Content-Type", "application/json").header("Origin", origin)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build());
  }

  /// The names of its cookies.
  List<String> cookies() {
    return cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName).toList();
  }

  /// One of its cookies.
  HttpCookie cookie(String name) {
    return cookies.getCookieStore().getCookies().stream().filter(one -> one.getName().equals(name)).findFirst().orElse(null);
  }

  /// Puts one into its place, as a thief would.
  void put(HttpCookie cookie) {
    var copy = new HttpCookie(cookie.getName(), cookie.getValue());
    copy.setPath("/");
    copy.setVersion(0);
    cookies.getCookieStore().add(URI.create(url("/")), copy);
  }

  /// What a page says at a place.
  static String found(HttpResponse<String> page, String pattern) {
    var found = Pattern.compile(pattern).matcher(page.body());
    if (!found.find()) {
      throw new AssertionError("No " + pattern + " in " + page.statusCode() + " " + page.uri() + ": " + page.body());
    }
    return found.group(1);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream().map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue())).collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> say(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
