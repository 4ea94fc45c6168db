package dev.posthorn.channel;

import dev.posthorn.simulator.Browser;
import dev.posthorn.simulator.EntraRealm;
import dev.posthorn.simulator.GmailRealm;
import dev.posthorn.simulator.GoogleRealm;
import dev.posthorn.simulator.GraphRealm;
import dev.posthorn.simulator.SimulatedProviders;
import dev.posthorn.simulator.Simulator;
import dev.posthorn.support.Callback;
import dev.posthorn.support.FoundedTenant;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The providers, played, and what people do there.
final class SignIns implements AutoCloseable {
  static final String ACME = "aaaaaaaa-0000-4000-8000-000000000001";
  static final String OTHER = "bbbbbbbb-0000-4000-8000-000000000002";

  final Simulator simulator = Simulator.start(SimulatedProviders.port());
  final EntraRealm entra = simulator.add(new EntraRealm());
  final GoogleRealm google = simulator.add(new GoogleRealm());
  final GmailRealm gmail = GmailRealm.in(simulator);
  final GraphRealm graph = GraphRealm.in(simulator);

  SignIns() {
    entra.registered(new EntraRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, null, Set.of(SimulatedProviders.CALLBACK)));
    google.registered(new GoogleRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, Set.of(SimulatedProviders.CALLBACK)));
  }

  /// Somebody of a directory, with a mailbox.
  EntraRealm.Person person(String tid, String address) {
    var person = new EntraRealm.Person(UUID.randomUUID().toString(), tid, address, "Person " + address);
    entra.with(person);
    graph.mailbox(person.oid(), address);
    return person;
  }

  /// Somebody of a Google Workspace, with a mailbox.
  void googler(String sub, String address) {
    google.with(new GoogleRealm.Person(sub, address, address.substring(address.indexOf('@') + 1)));
    gmail.mailbox(address);
  }

  /// What is asked to begin with, for a mailbox that is not read: these tests are about the sign-in.
  static Map<String, Object> wish(Map<String, ?> more) {
    var wish = new HashMap<String, Object>(Map.of("kind", "microsoft365", "returnTo", SimulatedProviders.DESK + "setup", "processIncoming", false));
    wish.putAll(more);
    return wish;
  }

  static ValidatableResponse begin(FoundedTenant tenant, Map<String, ?> more) {
    return tenant.post("mailboxes/authorizations", wish(more));
  }

  static JsonPath begun(FoundedTenant tenant, Map<String, ?> more) {
    return begin(tenant, more).statusCode(201).extract().jsonPath();
  }

  /// The browser comes back.
  static ValidatableResponse comeBack(Map<String, String> with) {
    return Callback.come(with);
  }

  /// From the beginning to the end.
  static ValidatableResponse signIn(FoundedTenant tenant, Map<String, ?> more, String account) {
    return comeBack(Browser.click(begun(tenant, more).getString("authorizationUrl"), "account-" + account));
  }

  /// The id of the mailbox that came of it.
  String connected(FoundedTenant tenant, EntraRealm.Person person) {
    signIn(tenant, Map.of(), person.oid()).statusCode(200);
    return tenant.get("mailboxes").extract().jsonPath().getString("items.find { it.address == '" + person.address() + "' }.id");
  }

  @Override
  public void close() {
    graph.close();
    simulator.close();
  }
}
