package dev.posthorn.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.FoundedTenant;
import dev.posthorn.tenant.TenantId;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.Session;

/// People of one test, and what they do before and behind the door: found, invite, join. Names and the domain are the test's own.
final class Reception {
  static final String SESSION = "posthorn-session";

  final String someone = UUID.randomUUID().toString();
  final String domain = someone.substring(0, 8) + ".example";

  private final Doorkeeper doorkeeper;
  private final Session rows;

  Reception(Doorkeeper doorkeeper, Session rows) {
    this.doorkeeper = doorkeeper;
    this.rows = rows;
  }

  Doorkeeper doorkeeper() {
    return doorkeeper;
  }

  Visitor visitor(String name, String email, boolean verified) {
    return new Visitor(new Visitor.Person(name, email, verified), doorkeeper);
  }

  /// Somebody with an address of the test's domain that the provider has verified.
  Visitor visitor() {
    return visitor(someone, "anna@" + domain, true);
  }

  /// Somebody who has a company of their own.
  Visitor founder(String name, String company) {
    var visitor = visitor(name, name + "@" + domain, true);
    assertThat(visitor.signIn("acme").body()).contains("Begin anew");
    visitor.choose(Map.of("way", "found", "company", company));
    return visitor;
  }

  /// Whoever founded `Acme`.
  Visitor founder() {
    return founder(someone, acme());
  }

  /// The name of the test's company.
  String acme() {
    return "Acme " + someone;
  }

  /// Somebody invited by mail.
  Visitor invited(Visitor admin, String name) {
    var link = invite(admin, name);
    var visitor = visitor(someone + name, name + "@private.example", false);
    assertThat(visitor.open(link).body()).contains("Accept the invitation");
    assertThat(visitor.signIn("acme").body()).contains("Join " + acme() + " as agent");
    visitor.choose(Map.of("way", "accept"));
    return visitor;
  }

  /// The path of the link in the mail.
  String invite(Visitor admin, String name) {
    made(admin, "/invitations", "{\"email\":\"" + name + "@" + domain + "\",\"name\":\"" + name + "\",\"role\":\"agent\"}");
    return link(mailTo(tenant(admin), name + "@" + domain));
  }

  /// The path of the link in a mail.
  static String link(String mail) {
    // Long lines are written with soft ends (RFC 2045, section 6.7).
    var found = Pattern.compile("http://localhost:\\d+(/login/invitations/[A-Za-z0-9_-]+)").matcher(mail.replace("=\r\n", ""));
    assertThat(found.find()).as(mail).isTrue();
    return found.group(1);
  }

  /// The last mail to somebody.
  String mailTo(FoundedTenant tenant, String address) {
    String id = tenant.in(() -> rows.createNativeQuery("""
            select m.message_id from outbound_mail m join outbound_recipient r on r.tenant_id = m.tenant_id and r.outbound_mail_id = m.id
            where r.address = :address order by m.id desc limit 1""", String.class)
        .setParameter("address", address).getSingleResult());
    return CustomerServer.received(address, id);
  }

  /// Changes rows behind everybody's back.
  void change(Visitor admin, String sql) {
    tenant(admin).in(() -> rows.createNativeMutationQuery(sql).executeUpdate());
  }

  /// Where somebody is.
  static FoundedTenant tenant(Visitor visitor) {
    return new FoundedTenant(new TenantId(UUID.fromString(session(visitor).get("tenantId").asText())), "", "");
  }

  static JsonNode session(Visitor visitor) {
    var answer = visitor.api("GET", "/session", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.statusCode() + " " + answer.body(), e);
    }
  }

  static String made(Visitor visitor, String path, String body) {
    var answer = visitor.api("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("id").asText();
  }

  static HttpResponse<String> patch(Visitor visitor, String path, String body) {
    return visitor.api("PATCH", path, body);
  }
}
