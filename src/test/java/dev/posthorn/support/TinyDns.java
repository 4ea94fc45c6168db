package dev.posthorn.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// A name server of a test's own, on a port of 127.0.0.1 that the system chooses. It knows what it was told and nothing
/// else, and may be told to be silent or broken about a name.
public final class TinyDns implements AutoCloseable {
  private static final long SECONDS = 1;

  private final DatagramSocket socket;
  private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private volatile boolean mute;
  private volatile Path directory;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  public TinyDns() {
    try {
      socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("tiny-dns").start(this::serve);
  }

  /// `host:port`, as the configuration writes it.
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  public TinyDns txt(String name, String text) {
    return add(name, new TXTRecord(name(name), DClass.IN, SECONDS, pieces(text)));
  }

  public TinyDns a(String name, String address) {
    return add(name, new ARecord(name(name), DClass.IN, SECONDS, InetAddress.ofLiteral(address)));
  }

  /// Knows a text of each name as well that a file of the directory is called like: for what is published later, by a test that
  /// the profile's class loader does not know.
  public TinyDns readingFrom(Path directory) {
    this.directory = directory;
    return this;
  }

  /// From now on it says nothing when asked for this name.
  public TinyDns silentAbout(String name) {
    silent.add(name);
    return this;
  }

  /// From now on it says nothing at all, as if the network were gone.
  public TinyDns silent() {
    mute = true;
    return this;
  }

  /// From now on it answers SERVFAIL when asked for this name.
  public TinyDns brokenAbout(String name) {
    broken.add(name);
    return this;
  }

  /// Every name that was asked for.
  public List<String> asked() {
    return asked;
  }

  private TinyDns add(String name, Record record) {
    records.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>()).add(record);
    return this;
  }

  /// A string of a TXT record holds at most 255 octets (RFC 1035, section 3.3.14).
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); at += 200) {
      pieces.add(text.substring(at, Math.min(text.length(), at + 200)));
    }
    return pieces;
  }

  private static Name name(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    var buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        var question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        var wanted = question.getQuestion().getName().toString(true);
        asked.add(wanted);
        if (!mute && !silent.contains(wanted)) {
          var answer = answer(question, wanted).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or a question that is none.
      }
    }
  }

  private Message answer(Message question, String wanted) {
    var answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    var known = known(wanted);
    if (broken.contains(wanted)) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
    } else if (known.isEmpty()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    int type = question.getQuestion().getType();
    known.stream().filter(record -> record.getType() == type || type == Type.ANY).forEach(record -> answer.addRecord(record, Section.ANSWER));
    return answer;
  }

  private List<Record> known(String wanted) {
    var file = directory == null ? null : directory.resolve(wanted);
    if (file == null || !Files.isRegularFile(file)) {
      return records.getOrDefault(wanted, List.of());
    }
    try {
      return List.of(new TXTRecord(name(wanted), DClass.IN, SECONDS, pieces(Files.readString(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
