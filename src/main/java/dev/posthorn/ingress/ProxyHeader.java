package dev.posthorn.ingress;

import dev.posthorn.wire.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jboss.logging.Logger;
import org.subethamail.smtp.internal.proxy.ProxyHandler;
import org.subethamail.smtp.server.Session;

/// Reads the PROXY protocol header, version 2 (HAProxy's proxy-protocol.txt, 2.2), that a balancer puts before the first
/// octet of the client. Only balancers that are known may say who the client is; whoever else comes this way is refused,
/// as is a connection without a header: guessing is what the specification forbids.
final class ProxyHeader implements ProxyHandler {

  private static final Logger LOG = Logger.getLogger(ProxyHeader.class);
  private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
  private static final ProxyResult REFUSED = new ProxyResult(554, "5.7.1 This port is for our balancer alone");

  private final SmtpConfig config;
  private final List<Network> trusted;

  /// @throws IllegalArgumentException nobody is trusted, or a network is misspelt
  ProxyHeader(SmtpConfig config) {
    this.config = config;
    this.trusted = config.trustedProxies().orElse(List.of()).stream().map(Network::parse).toList();
    if (trusted.isEmpty()) {
      throw new IllegalArgumentException("posthorn.smtp.proxy-protocol needs posthorn.smtp.trusted-proxies");
    }
  }

  @Override
  public ProxyResult handle(InputStream in, OutputStream out, Session session) {
    var connection = (Connection) session.getSocket();
    var balancer = connection.getInetAddress();
    if (trusted.stream().noneMatch(network -> network.contains(balancer))) {
      LOG.warnf("PROXY header not read: %s is not among the trusted proxies", balancer.getHostAddress());
      return refuse(connection);
    }
    try {
      return read(connection);
    } catch (IOException gone) {
      // A probe of the balancer that only opens and closes; or it took longer than the idle timeout.
      LOG.debugf("No PROXY header from %s", balancer.getHostAddress());
      return refuse(connection);
    }
  }

  private ProxyResult read(Connection connection) throws IOException {
    var deadline = WireInput.in(config.idleTimeout());
    var fixed = ByteBuffer.wrap(connection.input().exactly(16, deadline));
    var signature = new byte[SIGNATURE.length];
    fixed.get(signature);
    int versionAndCommand = fixed.get() & 0xff;
    int family = (fixed.get() & 0xff) >> 4;
    int length = fixed.getShort() & 0xffff;
    var command = versionAndCommand & 0xf;
    if (!Arrays.equals(signature, SIGNATURE) || versionAndCommand >> 4 != 2 || command > 1) {
      LOG.warnf("Not a PROXY v2 header from %s", connection.getInetAddress().getHostAddress());
      return refuse(connection);
    }
    var rest = connection.input().exactly(length, deadline);
    // LOCAL is the balancer's own health check; an unspecified family or a UNIX socket names no client (2.2).
    if (command == 0 || family == 0 || family == 3) return ProxyResult.NOP;
    return client(family, rest, connection);
  }

  /// Source address, destination address, source port, destination port, then extensions that do not concern us.
  private static ProxyResult client(int family, byte[] rest, Connection connection) throws IOException {
    int size = family == 1 ? 4 : 16;
    if (family > 2 || rest.length < 2 * size + 4) {
      LOG.warnf("PROXY v2 header of a wrong size from %s", connection.getInetAddress().getHostAddress());
      return refuse(connection);
    }
    var source = InetAddress.getByAddress(Arrays.copyOf(rest, size));
    int port = ByteBuffer.wrap(rest).getShort(2 * size) & 0xffff;
    return new ProxyResult(new InetSocketAddress(source, port));
  }

  private static ProxyResult refuse(Connection connection) {
    connection.lingerOnClose();
    return REFUSED;
  }
}
