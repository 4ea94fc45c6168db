package dev.posthorn.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real HTTP server on 127.0.0.1 with realms in it. Calls run at once, each on a virtual thread.
public final class Simulator implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Realm> realms = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Complaints complaints;
  private final SimulatedClock clock;
  private final IssuedTokens tokens;

  private Simulator(int port, Complaints complaints, SimulatedClock clock, IssuedTokens tokens) {
    this.complaints = complaints;
    this.clock = clock;
    this.tokens = tokens;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /// On any free port.
  public static Simulator start() {
    return start(0);
  }

  /// @param port 0 for any free one
  public static Simulator start(int port) {
    var clock = new SimulatedClock();
    return new Simulator(port, new Complaints(), clock, new IssuedTokens(clock));
  }

  /// Another host of the same providers, on a port of its own: same clock, same tokens, same complaints. Its realms are its own.
  public Simulator annex() {
    return new Simulator(0, complaints, clock, tokens);
  }

  /// Makes room for a realm.
  public <R extends Realm> R add(R realm) {
    realm.stand(this);
    realms.put(realm.name(), realm);
    return realm;
  }

  /// `http://127.0.0.1:port`.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The providers' time.
  public SimulatedClock clock() {
    return clock;
  }

  /// What was issued by whichever realm.
  public IssuedTokens tokens() {
    return tokens;
  }

  /// What callers did wrong.
  public Complaints complaints() {
    return complaints;
  }

  /// Every call so far, in the order in which they came.
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      int end = path.indexOf('/', 1);
      var name = path.substring(1, end < 0 ? path.length() : end);
      var call = new Call(exchange.getRequestMethod(), end < 0 ? "/" : path.substring(end),
          Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""), exchange.getRequestHeaders(),
          exchange.getRequestBody().readAllBytes(), url());
      calls.add(call);
      var realm = realms.get(name);
      if (realm == null && path.equals("/favicon.ico")) {
        // Every browser asks for it.
        say(exchange, Reply.empty(404), false);
        return;
      }
      if (realm == null) {
        complaints.add("nobody knows " + exchange.getRequestMethod() + " " + path);
        say(exchange, Reply.empty(404), false);
        return;
      }
      play(exchange, realm, call);
    } catch (RuntimeException e) {
      complaints.add("the simulator itself failed: " + e);
      throw e;
    }
  }

  private void play(HttpExchange exchange, Realm realm, Call call) throws IOException {
    switch (realm.faults().take(call).orElse(null)) {
      case null -> say(exchange, answer(realm, call), false);
      case Fault.Answer(var reply) -> say(exchange, reply, false);
      case Fault.Silence _ -> answer(realm, call);
      case Fault.CutOff _ -> say(exchange, answer(realm, call), true);
      case Fault.Held(var until) -> {
        await(until);
        say(exchange, answer(realm, call), false);
      }
      case Fault.Late(var until) -> {
        var reply = answer(realm, call);
        await(until);
        say(exchange, reply, false);
      }
    }
  }

  private Reply answer(Realm realm, Call call) {
    return realm.answer(call).orElseGet(() -> {
      complaints.add(realm.name() + ": nobody knows " + call);
      return Reply.empty(404);
    });
  }

  private static void await(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(HttpExchange exchange, Reply reply, boolean cutOff) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    var body = reply.body();
    boolean bodiless = reply.status() == 204 || reply.status() == 304 || exchange.getRequestMethod().equals("HEAD");
    // One octet is promised and never comes, where there is nothing to be cut.
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : cutOff ? Math.max(1, body.length) : body.length == 0 ? -1 : body.length);
    if (!bodiless && body.length > 0) {
      exchange.getResponseBody().write(body, 0, cutOff ? body.length / 2 : body.length);
      exchange.getResponseBody().flush();
    }
  }
}
