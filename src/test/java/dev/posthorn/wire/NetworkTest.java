package dev.posthorn.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class NetworkTest {

  @Test
  void aNetworkHoldsTheAddressesWithItsPrefix() {
    assertThat(holds("10.0.0.0/8", "10.255.1.2")).isTrue();
    assertThat(holds("10.0.0.0/8", "11.0.0.0")).isFalse();
    assertThat(holds("192.0.2.128/25", "192.0.2.127")).isFalse();
    assertThat(holds("192.0.2.128/25", "192.0.2.129")).isTrue();
    assertThat(holds("192.0.2.1", "192.0.2.1")).isTrue();
    assertThat(holds("192.0.2.1", "192.0.2.2")).isFalse();
    assertThat(holds("0.0.0.0/0", "203.0.113.9")).isTrue();
    assertThat(holds("0.0.0.0/0", "2001:db8::1")).isFalse();
    assertThat(holds("2001:db8::/32", "2001:db8:1::1")).isTrue();
    assertThat(holds("2001:db8::/32", "2001:db9::1")).isFalse();
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    for (var wrong : new String[] {"", "balancer", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x"}) {
      assertThatThrownBy(() -> Network.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static boolean holds(String network, String address) {
    return Network.parse(network).contains(InetAddress.ofLiteral(address));
  }
}
