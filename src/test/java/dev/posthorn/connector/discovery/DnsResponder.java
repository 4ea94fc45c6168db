package dev.posthorn.connector.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A name server on 127.0.0.1 that knows what it was told (RFC 1035, section 4), and says of all else that there is no such name.
public final class DnsResponder implements AutoCloseable {
  private static final int MX = 15;
  private static final int SRV = 33;

  private final DatagramSocket socket;
  private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();

  private DnsResponder() {
    try {
      socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  public static DnsResponder start() {
    return new DnsResponder();
  }

  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  public DnsResponder srv(String name, int priority, int port, String target) {
    return record(name, SRV, out -> {
      out.writeShort(priority);
      out.writeShort(0);
      out.writeShort(port);
      name(out, target);
    });
  }

  public DnsResponder mx(String name, int priority, String target) {
    return record(name, MX, out -> {
      out.writeShort(priority);
      name(out, target);
    });
  }

  private interface Data {
    void write(DataOutputStream out) throws IOException;
  }

  private DnsResponder record(String name, int type, Data data) {
    var bytes = new ByteArrayOutputStream();
    try {
      data.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    records.computeIfAbsent(type + " " + name, _ -> new CopyOnWriteArrayList<>()).add(bytes.toByteArray());
    return this;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        var answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private byte[] answer(ByteBuffer question) throws IOException {
    int id = question.getShort() & 0xffff;
    question.position(12);
    var labels = new ArrayList<String>();
    for (int length = question.get(); length > 0; length = question.get()) {
      var label = new byte[length];
      question.get(label);
      labels.add(new String(label, StandardCharsets.US_ASCII));
    }
    int type = question.getShort();
    var name = String.join(".", labels).toLowerCase(Locale.ROOT);
    var found = records.getOrDefault(type + " " + name, List.of());
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(found.isEmpty() ? 0x8183 : 0x8180);
    out.writeShort(1);
    out.writeShort(found.size());
    out.writeShort(0);
    out.writeShort(0);
    name(out, name);
    out.writeShort(type);
    out.writeShort(1);
    for (var data : found) {
      name(out, name);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(data.length);
      out.write(data);
    }
    return bytes.toByteArray();
  }

  private static void name(DataOutputStream out, String name) throws IOException {
    for (var label : name.split("\\.")) {
      out.writeByte(label.length());
      out.write(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeByte(0);
  }

  @Override
  public void close() {
    socket.close();
  }
}
