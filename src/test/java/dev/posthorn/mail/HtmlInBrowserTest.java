package dev.posthorn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.posthorn.support.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// The attacks in a real browser, which reads markup as no reader of ours does: put into a page by a program, written out and
/// put in again (mXSS), and parsed as a document, each without the Content-Security-Policy that a message's page has, so that the
/// sanitiser stands alone. Skipped where the machine has no Chromium.
class HtmlInBrowserTest {
  /// Puts every text into a page in several ways, wakes whatever listens, and says what ran, what was asked for and what is there.
  private static final String PAGE = """
      <!doctype html><meta charset=utf-8><link rel=icon href="data:,"><body><script>
      let ran = [], now = '';
      for (const name of ['alert', 'confirm', 'prompt', 'print', 'msgbox']) window[name] = () => { ran.push(now); };
      const risky = 'script,iframe,frame,object,embed,applet,form,input,button,select,textarea,base,meta,link,style,svg,math,template,video,audio,source,portal,noscript';
      const found = [], links = [];
      function wake(root) {
        for (const one of root.querySelectorAll('*')) {
          for (const kind of ['click', 'mouseover', 'focus', 'error', 'load', 'toggle', 'scroll', 'begin', 'start', 'pointerover', 'animationstart'])
            if (one.tagName != 'A' || kind != 'click') one.dispatchEvent(new Event(kind));
          if (one.matches(risky)) found.push(now + ' => <' + one.tagName + '>');
          for (const a of one.attributes) if (/^on|^(srcdoc|srcset|formaction|action|ping|background|poster|is)$/i.test(a.name)) found.push(now + ' => ' + a.name);
          if (one.hasAttribute('href') && !/^(https?|mailto|tel|sms|callto):/i.test(one.href)) links.push(now + ' => ' + one.href);
        }
      }
      async function look() {
        const texts = await (await fetch('/texts' + location.search)).json();
        performance.clearResourceTimings();
        for (const text of texts) {
          now = text;
          const first = document.body.appendChild(document.createElement('div'));
          first.innerHTML = text;
          const second = document.body.appendChild(document.createElement('div'));
          second.innerHTML = first.innerHTML;
          const cell = document.body.appendChild(document.createElement('table')).insertRow().insertCell();
          cell.innerHTML = second.innerHTML;
          const frame = document.createElement('iframe');
          const done = new Promise(end => frame.onload = end);
          frame.srcdoc = "<!doctype html><meta charset=utf-8><script>for (const n of ['alert','confirm','prompt','print']) window[n] = () => parent[n]();<\\/script><body><div id=here>" + text;
          document.body.appendChild(frame);
          await Promise.race([done, new Promise(end => setTimeout(end, 5000))]);
          for (const root of [first, second, cell]) wake(root);
          const inside = frame.contentDocument && frame.contentDocument.getElementById('here');
          if (inside) wake(inside);
          const asked = inside ? frame.contentWindow.performance.getEntriesByType('resource') : [];
          for (const one of asked) found.push(now + ' => asks for ' + one.name);
          for (const one of [first, second, cell.closest('table'), frame]) one.remove();
        }
        for (const one of performance.getEntriesByType('resource')) found.push('asks for ' + one.name);
        document.body.textContent = JSON.stringify({texts: texts.length, ran, found, links});
      }
      look();
      </script>""";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode shown(Collection<String> texts) throws IOException {
    var asked = new ConcurrentLinkedQueue<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", exchange -> {
      var path = exchange.getRequestURI().getPath();
      boolean known = path.equals("/page") || path.equals("/texts");
      if (!known) {
        asked.add(exchange.getRequestHeaders().getFirst("Host") + path);
      }
      var body = (path.equals("/page") ? PAGE : path.equals("/texts") ? JSON.writeValueAsString(texts) : "").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", path.equals("/page") ? "text/html" : "application/json");
      exchange.sendResponseHeaders(known ? 200 : 404, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    int port = server.getAddress().getPort();
    try (var browser = Chromium.start(Map.of("*.example", "127.0.0.1:" + port))) {
      browser.open("http://127.0.0.1:" + port + "/page");
      await().atMost(Duration.ofMinutes(3)).until(() -> browser.text().startsWith("{\"texts\""));
      var result = JSON.readTree(browser.text());
      assertThat(result.get("texts").asInt()).isEqualTo(texts.size());
      return ((ObjectNode) result).set("server", JSON.valueToTree(asked));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nothingRunsAndNothingIsAskedForInARealBrowser() throws IOException { // WX-01
    assumeTrue(Chromium.isThere(), "There is no Chromium: apt-get install chromium chromium-driver");

    var result = shown(HtmlAttacksTest.attacks().map(HtmlSanitizer::sanitize).toList());

    assertThat(result.get("ran")).isEmpty();
    assertThat(result.get("found")).isEmpty();
    assertThat(result.get("links")).isEmpty();
    assertThat(result.get("server")).isEmpty();
  }

  @Test
  void whatIsNotSanitisedRunsThere() throws IOException {
    assumeTrue(Chromium.isThere(), "There is no Chromium: apt-get install chromium chromium-driver");

    var result = shown(HtmlAttacksTest.attacks().filter(html -> html.contains("onerror=alert(1)") || html.contains("<svg/onload")).toList());

    assertThat(result.get("ran").size()).isGreaterThan(5);
    assertThat(result.get("found")).isNotEmpty();
  }
}
