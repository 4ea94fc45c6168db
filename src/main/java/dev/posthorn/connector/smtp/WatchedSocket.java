package dev.posthorn.connector.smtp;

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
final class WatchedSocket extends Socket {

  private final SmtpLimits limits;
  private final Watch watch;
  private int heard;
  private volatile boolean wasCut;

  private WatchedSocket(SmtpLimits limits, Watch watch) throws SocketException {
    this.limits = limits;
    this.watch = watch;
    setTcpNoDelay(true);
    setSoTimeout((int) limits.answer().toMillis());
  }

  /// Connects to the first address of the host that answers.
  static WatchedSocket connect(SmtpAccount account, Watch watch, Watch.Deadline deadline) throws IOException {
    IOException last = new UnknownHostException(account.host());
    for (var address : InetAddress.getAllByName(account.host())) {
      var socket = new WatchedSocket(account.limits(), watch);
      deadline.guard(socket);
      try {
        // The name stays with the address, so that the certificate is held against what was configured.
        var named = InetAddress.getByAddress(account.host(), address.getAddress());
        socket.connect(new InetSocketAddress(named, account.port()), (int) account.limits().connect().toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  /// Begins to count anew: one mail's worth of answers.
  void beginMail() throws SocketException {
    heard = 0;
    setSoTimeout((int) limits.answer().toMillis());
  }

  /// From here on the answer to the final dot is awaited.
  void awaitVerdict() throws SocketException {
    setSoTimeout((int) limits.verdict().toMillis());
  }

  /// Ends everything on it from another thread.
  void cut() {
    wasCut = true;
    try {
      close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  boolean wasCut() {
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
      if (heard > limits.answerOctets()) {
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
      Duration time = limits.write();
      var alarm = watch.after(time, WatchedSocket.this::cut);
      try {
        out.write(octets, from, length);
      } finally {
        alarm.cancel(false);
      }
    }
  }
}
