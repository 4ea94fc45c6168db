package dev.posthorn.wire;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;

/// A socket that a hostile or broken server cannot use against us: what it may say is counted, each write has its time,
/// and a [Watch.Deadline] can cut it.
///
/// A read's own timeout is not enough, since a server that sends one octet a minute never meets it; and the library
/// keeps a reply line of any length in memory.
public final class WatchedSocket extends Socket {

  private final Patience patience;
  private final Watch watch;
  private long heard;
  private volatile boolean wasCut;

  private WatchedSocket(Patience patience, Watch watch) throws SocketException {
    this.patience = patience;
    this.watch = watch;
    setTcpNoDelay(true);
    setSoTimeout((int) patience.answer().toMillis());
  }

  /// Connects to the first allowed address of the host that answers.
  ///
  /// @throws UnknownHostException the host leads nowhere that may be reached
  /// @throws IOException no address of it answers
  public static WatchedSocket connect(String host, int port, Reach reach, Patience patience, Watch watch, Watch.Deadline deadline)
      throws IOException {
    IOException last = new UnknownHostException(host);
    for (var address : reach.addresses(host)) {
      var socket = new WatchedSocket(patience, watch);
      deadline.guard(socket);
      try {
        // The name stays with the address, so that the certificate is held against what was configured.
        var named = InetAddress.getByAddress(host, address.getAddress());
        socket.connect(new InetSocketAddress(named, port), (int) patience.connect().toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  /// Begins to count anew what the other side says, each read waiting at most so long.
  public void beginExchange(Duration answer) throws SocketException {
    heard = 0;
    setSoTimeout((int) answer.toMillis());
  }

  /// Ends everything on it from another thread.
  public void cut() {
    wasCut = true;
    try {
      close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  /// Whether [#cut] ended it.
  public boolean wasCut() {
    return wasCut;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Ear(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Mouth(super.getOutputStream());
  }

  private final class Ear extends FilterInputStream {

    Ear(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var octet = super.read();
      hear(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
      var count = super.read(octets, from, length);
      hear(Math.max(count, 0));
      return count;
    }

    private void hear(int count) throws IOException {
      heard += count;
      if (heard > patience.octets()) {
        throw new IOException("the server talks without end");
      }
    }
  }

  private final class Mouth extends FilterOutputStream {

    Mouth(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      var alarm = watch.after(patience.write(), WatchedSocket.this::cut);
      try {
        out.write(octets, from, length);
      } finally {
        alarm.cancel(false);
      }
    }
  }
}
