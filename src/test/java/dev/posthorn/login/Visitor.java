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

/// Somebody with a browser of their own: it keeps cookies, goes where it is sent, wants pages, and says from which one a form comes.
final class Visitor {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final CookieManager cookies = new CookieManager(new LoopbackCookies(), CookiePolicy.ACCEPT_ALL);
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(cookies).followRedirects(HttpClient.Redirect.NORMAL).build();
  private final Person person;
  private final Doorkeeper doorkeeper;

  /// Who they are at a provider.
  ///
  /// @param name the same for the same person
  /// @param verified whether the provider has seen that the address is theirs
  record Person(String name, String email, boolean verified) {}

  Visitor(Person person, Doorkeeper doorkeeper) {
    this.person = person;
    this.doorkeeper = doorkeeper;
  }

  Person person() {
    return person;
  }

  static String url(String path) {
    return "http://localhost:" + RestAssured.port + path;
  }

  /// Opens a page of ours.
  HttpResponse<String> open(String path) {
    return open(URI.create(url(path)));
  }

  /// Opens a page.
  HttpResponse<String> open(URI page) {
    return say(wanting(page).build());
  }

  /// Asks for a page of ours as a program does, and does not go where it is sent.
  static HttpResponse<String> asProgram(String path, String accept) {
    try (var program = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return say(program, HttpRequest.newBuilder(URI.create(url(path))).header("Accept", accept).build());
    }
  }

  /// Goes to a provider, from our page on.
  HttpResponse<String> goTo(String provider) {
    return open("/login/with/" + provider);
  }

  /// Signs in at a provider, and comes back.
  HttpResponse<String> signIn(String provider) {
    var page = goTo(provider);
    if (page.uri().getPort() == RestAssured.port && page.uri().getPath().startsWith(Providers.PATH)) {
      throw new AssertionError("Not at the provider: " + page.uri() + " " + page.statusCode() + " " + page.body());
    }
    // Whoever is signed in there already comes straight back.
    return page.uri().getPort() == RestAssured.port ? page : doorkeeper.pass(this, provider, page);
  }

  /// Sends a form of the page where people choose.
  HttpResponse<String> choose(Map<String, String> fields) {
    return send("/login/entrance", fields, url(""));
  }

  /// Sends a form of ours.
  ///
  /// @param origin of the page that it stands on
  HttpResponse<String> send(String path, Map<String, String> fields, String origin) {
    return say(wanting(URI.create(url(path))).header("Content-Type", FORM).header("Origin", origin).POST(BodyPublishers.ofString(form(fields))).build());
  }

  /// Sends a form to anybody.
  HttpResponse<String> post(URI where, Map<String, String> fields) {
    return say(wanting(where).header("Content-Type", FORM).POST(BodyPublishers.ofString(form(fields))).build());
  }

  /// Asks the API as a page of ours would.
  HttpResponse<String> api(String method, String path, String body) {
    return api(method, path, body, url(""));
  }

  HttpResponse<String> api(String method, String path, String body, String origin) {
    return say(HttpRequest.newBuilder(URI.create(url("/api/v1" + path))).header("Content-Type", "application/json").header("Origin", origin)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build());
  }

  /// The names of the cookies that it has of us.
  List<String> cookies() {
    return ours().stream().map(HttpCookie::getName).toList();
  }

  /// One of them.
  HttpCookie cookie(String name) {
    return ours().stream().filter(one -> one.getName().equals(name)).findFirst().orElse(null);
  }

  private List<HttpCookie> ours() {
    return cookies.getCookieStore().get(URI.create(url("/")));
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

  private static HttpRequest.Builder wanting(URI page) {
    return HttpRequest.newBuilder(page).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  }

  private HttpResponse<String> say(HttpRequest request) {
    return say(client, request);
  }

  private static HttpResponse<String> say(HttpClient client, HttpRequest request) {
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
