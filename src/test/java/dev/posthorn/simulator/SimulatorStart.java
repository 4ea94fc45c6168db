package dev.posthorn.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// Starts the providers for development (`docs/simulator.md`): on port 8090 or the one that is said, until the process is ended.
public final class SimulatorStart {
  private static final int PORT = 8090;
  private static final String CALLBACK = "http://localhost:8080/oauth/callback";
  private static final String COMPANY = "aaaaaaaa-0000-4000-8000-000000000001";

  private SimulatorStart() {}

  /// @param arguments the port, if another than the usual
  public static void main(String... arguments) throws InterruptedException {
    var simulator = Simulator.start(arguments.length > 0 ? Integer.parseInt(arguments[0]) : PORT);
    populated(simulator, CALLBACK);
    System.out.println("The providers are at " + simulator.url() + ". Start Posthorn with:");
    System.out.print("./mvnw quarkus:dev");
    var settings = new TreeMap<>(SimulatedProviders.settings(simulator.url()));
    // What hurries tests along is not for people.
    settings.keySet().removeIf(name -> name.startsWith("posthorn.oauth."));
    settings.put("posthorn.oauth.callback-url", CALLBACK);
    settings.put("posthorn.oauth.return-to", "http://localhost:8080/");
    settings.forEach((name, value) -> System.out.print(" \\\n  -D" + name + "=" + value));
    System.out.println();
    new CountDownLatch(1).await();
  }

  /// Some people to sign in as.
  static void populated(Simulator simulator, String callback) {
    simulator.add(new EntraRealm())
        .registered(new EntraRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, null, Set.of(callback)))
        .with(new EntraRealm.Person("00000000-0000-4000-8000-000000000011", COMPANY, "support@acme.example", "Acme Support"))
        .with(new EntraRealm.Person("00000000-0000-4000-8000-000000000012", COMPANY, "jane.doe@acme.example", "Jane Doe"))
        .with(new EntraRealm.Person("00000000-0000-4000-8000-000000000013", EntraRealm.PERSONAL, "acme.service@outlook.example", "A personal account"));
    simulator.add(new GoogleRealm())
        .registered(new GoogleRealm.Application(SimulatedProviders.CLIENT, SimulatedProviders.CLIENT_SECRET, Set.of(callback)))
        .with(new GoogleRealm.Person("100000000000000000011", "help@acme-workspace.example", "acme-workspace.example"));
    simulator.add(new Front(() -> URI.create(callback).resolve("/").toString().replaceAll("/$", "")));
    var graph = GraphRealm.in(simulator);
    graph.delivers(graph.mailbox("00000000-0000-4000-8000-000000000011", "support@acme.example"), mail("support@acme.example"));
    GmailRealm.in(simulator).mailbox("help@acme-workspace.example").arrives(mail("help@acme-workspace.example"));
  }

  private static byte[] mail(String to) {
    return ("From: Anna <anna@customer.example>\r\nTo: " + to + "\r\nSubject: The heating is cold\r\nMessage-ID: <first@customer.example>\r\n\r\n"
        + "Since yesterday.\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
