package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void anIpv6NetworkOf64BitsCountsAsOne() {
    assertThat(Network.of("2001:db8:1:2::1")).isEqualTo(Network.of("2001:db8:1:2:ffff::9")).isNotEqualTo(Network.of("2001:db8:1:3::1"));
  }

  @Test
  void anIpv4AddressCountsAsItself() {
    assertThat(Network.of("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Network.of("::ffff:192.0.2.1")).isEqualTo("::ffff:192.0.2.1");
    assertThat(Network.of(null)).isEqualTo("null");
  }
}
