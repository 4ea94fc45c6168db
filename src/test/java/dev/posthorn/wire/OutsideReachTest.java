package dev.posthorn.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideReachTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), 10_000);

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "2606:4700::1111",
      "2a00:1450:4001::1a", "64:ff9b::808:808", "2002:808:808::1"})
  void addressesOfTheInternetAreReached(String address) throws UnknownHostException {
    assertThat(reach().addresses(address)).containsExactly(InetAddress.ofLiteral(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.255.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
      "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.1",
      "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
      "::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "100::1", "2001:db8::1", "2001::1", "3fff::1", "5f00::1",
      "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
      "2002:7f00:1::1", "2002:a00:1::1"})
  void addressesOfOurOwnNetworksDoNotExist(String address) {
    assertThatThrownBy(() -> reach().addresses(address)).isInstanceOf(UnknownHostException.class).hasMessage(address);
  }

  /// The words that old parsers read as 127.0.0.1; whatever the resolver makes of them, they lead nowhere inside.
  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f000001", "017700000001", "127.1", "0"})
  void oddSpellingsOfOurOwnAddressesDoNotExist(String spelling) {
    assertThatThrownBy(() -> reach().addresses(spelling)).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aNameInsideIsAnsweredAsOneThatDoesNotExist() {
    var inside = new OutsideReach(_ -> List.of(InetAddress.ofLiteral("10.0.0.5")), List.of());
    var nowhere = new OutsideReach(host -> {
      throw new UnknownHostException(host);
    }, List.of());

    var hidden = catchIt(inside);
    var missing = catchIt(nowhere);

    assertThat(hidden).isInstanceOf(missing.getClass()).hasMessage(missing.getMessage());
  }

  @Test
  void onlyTheOpenOnesOfSeveralAddressesAreReached() throws UnknownHostException {
    var both = new OutsideReach(_ -> List.of(InetAddress.ofLiteral("10.0.0.5"), InetAddress.ofLiteral("8.8.8.8")), List.of());

    assertThat(both.addresses("mixed.example")).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
  }

  @Test
  void allowedNetworksAreReachedToo() throws UnknownHostException {
    var open = new OutsideReach(Reach.everywhere(), List.of("10.1.0.0/16", " 127.0.0.1 "));

    assertThat(open.addresses("10.1.2.3")).hasSize(1);
    assertThat(open.addresses("127.0.0.1")).hasSize(1);
    assertThatThrownBy(() -> open.addresses("10.2.0.1")).isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> open.addresses("127.0.0.2")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aWrongNetworkIsSaidByTheNameOfTheSetting() {
    assertThatThrownBy(() -> new OutsideReach(Reach.everywhere(), List.of("office"))).isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("posthorn.wire.allowed-networks");
  }

  /// DNS rebinding: the first answer is of the internet, the second one of ours. There is no second question.
  @Test
  void theLineLeadsToTheAddressThatWasLookedAt() throws IOException {
    var asked = new AtomicInteger();
    try (var server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1")); var watch = new Watch();
        var deadline = watch.deadline(Duration.ofSeconds(30))) {
      var rebinding = new OutsideReach(_ -> {
        asked.incrementAndGet();
        return List.of(InetAddress.ofLiteral(asked.get() == 1 ? "127.0.0.1" : "127.0.0.2"));
      }, List.of("127.0.0.1"));

      try (var line = WatchedSocket.connect("rebinding.example", server.getLocalPort(), rebinding, PATIENCE, watch, deadline)) {
        assertThat(line.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(asked).hasValue(1);
      }
    }
  }

  @Test
  void noLineIsOpenedToAnAddressInside() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1")); var watch = new Watch();
        var deadline = watch.deadline(Duration.ofSeconds(30))) {
      server.setSoTimeout(1);
      assertThatThrownBy(() -> WatchedSocket.connect("127.0.0.1", server.getLocalPort(), reach(), PATIENCE, watch, deadline))
          .isInstanceOf(UnknownHostException.class);
      assertThatThrownBy(server::accept).isInstanceOf(IOException.class);
    }
  }

  private static OutsideReach reach() {
    return new OutsideReach(Reach.everywhere(), List.of());
  }

  private static Exception catchIt(OutsideReach reach) {
    try {
      reach.addresses("intranet.example");
      throw new AssertionError("reached");
    } catch (UnknownHostException e) {
      return e;
    }
  }
}
