package dev.posthorn.connector;

import dev.posthorn.connector.ScriptedImapServer.Step;
import dev.posthorn.connector.ScriptedImapServer.Stored;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// One connection to a [ScriptedImapServer].
final class ImapVisit {
  private static final Pattern PARTIAL = Pattern.compile("BODY\\.PEEK\\[]<(\\d+)\\.(\\d+)>");

  private final ScriptedImapServer server;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private boolean over;

  ImapVisit(ScriptedImapServer server, Socket socket) throws IOException {
    this.server = server;
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void run() throws IOException {
    if (!perform(ScriptedImapServer.GREETING, "*")) {
      write("* OK [CAPABILITY " + server.capabilities + "] ready\r\n");
    }
    while (!over) {
      var line = readLine();
      if (line == null) {
        return;
      }
      int space = line.indexOf(' ');
      var tag = space < 0 ? line : line.substring(0, space);
      var command = space < 0 ? "" : line.substring(space + 1);
      server.heard(command);
      if (!perform(command, tag)) {
        obey(tag, command);
      }
    }
  }

  private void obey(String tag, String command) throws IOException {
    var upper = command.toUpperCase(Locale.ROOT);
    if (upper.startsWith("CAPABILITY")) {
      write("* CAPABILITY " + server.capabilities + "\r\n");
    } else if (upper.startsWith("AUTHENTICATE") && upper.split(" ").length == 2) {
      write("+ \r\n");
      readLine();
    } else if (upper.startsWith("SELECT") || upper.startsWith("EXAMINE")) {
      var mails = server.mails();
      write("* " + mails.size() + " EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY " + server.uidValidity + "] ok\r\n* OK [UIDNEXT "
          + (mails.isEmpty() ? 1 : mails.getLast().uid() + 1) + "] ok\r\n");
    } else if (upper.startsWith("UID SEARCH")) {
      search(upper);
    } else if (upper.startsWith("UID FETCH")) {
      fetch(command);
    } else if (upper.startsWith("UID STORE")) {
      store(command);
    } else if (upper.startsWith("UID EXPUNGE")) {
      uids(command.split(" ")[2]).stream().filter(uid -> has(uid, "\\Deleted")).forEach(server::remove);
    } else if (upper.startsWith("LIST")) {
      write("* LIST () \"/\" INBOX\r\n* LIST (\\Sent) \"/\" Sent\r\n");
    } else if (upper.startsWith("IDLE")) {
      idle();
    } else if (upper.startsWith("LOGOUT")) {
      write("* BYE see you\r\n");
      over = true;
    }
    write(tag + " OK done\r\n");
  }

  private void search(String command) throws IOException {
    var found = new StringBuilder("* SEARCH");
    var range = command.contains("UID SEARCH UID ") ? command.split(" ")[3] : "1:*";
    // Nothing that is looked for by its header is there.
    for (var uid : command.contains("HEADER") ? Set.<Long>of() : uids(range)) {
      found.append(' ').append(uid);
    }
    write(found + "\r\n");
  }

  private void fetch(String command) throws IOException {
    var wanted = uids(command.split(" ")[2]);
    var mails = server.mails();
    for (int number = 1; number <= mails.size(); number++) {
      var mail = mails.get(number - 1);
      if (wanted.contains(mail.uid()) && !perform("<mail> " + mail.uid() + " " + command.split(" ", 4)[3], "*")) {
        write("* " + number + " FETCH (UID " + mail.uid());
        answer(mail, command);
        write(")\r\n");
      }
    }
  }

  private void answer(Stored mail, String command) throws IOException {
    if (command.contains("RFC822.SIZE")) {
      write(" FLAGS (" + String.join(" ", mail.flags()) + ") RFC822.SIZE " + mail.bytes().length + " INTERNALDATE \"01-Nov-2026 10:00:00 +0000\"");
    }
    if (command.contains("X-GM-MSGID")) {
      write(" X-GM-MSGID 18446744073709" + Math.abs(Arrays.hashCode(mail.bytes()) % 100_000));
    }
    var partial = PARTIAL.matcher(command);
    if (partial.find()) {
      int from = Math.min(Integer.parseInt(partial.group(1)), mail.bytes().length);
      int to = Math.min(from + Integer.parseInt(partial.group(2)), mail.bytes().length);
      write(" BODY[]<" + partial.group(1) + "> {" + (to - from) + "}\r\n");
      out.write(mail.bytes(), from, to - from);
    }
  }

  private void store(String command) {
    var flags = command.substring(command.indexOf('(') + 1, command.indexOf(')')).split(" ");
    var wanted = uids(command.split(" ")[2]);
    server.mails().stream().filter(mail -> wanted.contains(mail.uid())).forEach(mail -> mail.flags().addAll(List.of(flags)));
  }

  private boolean has(long uid, String flag) {
    return server.mails().stream().anyMatch(mail -> mail.uid() == uid && mail.flags().contains(flag));
  }

  private void idle() throws IOException {
    write("+ idling\r\n");
    server.idles(this, true);
    try {
      var done = readLine();
      if (done == null || perform(ScriptedImapServer.DONE, "*")) {
        over = true;
      }
    } finally {
      server.idles(this, false);
    }
  }

  void push(String words) {
    try {
      write(words + "\r\n");
    } catch (IOException e) {
      // It is gone.
    }
  }

  private Set<Long> uids(String set) {
    var found = new HashSet<Long>();
    var all = server.mails().stream().map(Stored::uid).toList();
    for (var part : set.split(",")) {
      var ends = part.split(":");
      long from = number(ends[0], all);
      long to = ends.length == 1 ? from : number(ends[1], all);
      all.stream().filter(uid -> uid >= Math.min(from, to) && uid <= Math.max(from, to)).forEach(found::add);
    }
    return found;
  }

  private static long number(String text, List<Long> all) {
    return text.equals("*") ? all.isEmpty() ? 0 : all.getLast() : Long.parseLong(text);
  }

  /// Does what the script says at that moment, if anything.
  ///
  /// @return whether that was all
  private boolean perform(String moment, String tag) throws IOException {
    switch (server.stepAt(moment).orElse(null)) {
      case null -> {
        return false;
      }
      case Step.Say(var words) -> write(words.replace("{tag}", tag).replace("\n", "\r\n") + "\r\n");
      case Step.SayFirst(var words) -> {
        write(words.replace("\n", "\r\n") + "\r\n");
        return false;
      }
      case Step.Drop() -> {
        over = true;
        ScriptedDoor.reset(socket);
      }
      case Step.Hush() -> {
        over = true;
        while (in.read() >= 0) {
          // hears, and says nothing
        }
      }
      case Step.Babble() -> {
        while (!socket.isClosed()) {
          write("* and so on".repeat(100));
        }
      }
      case Step.Drip() -> {
        while (!socket.isClosed()) {
          write("x");
          LockSupport.parkNanos(20_000_000);
        }
      }
    }
    return true;
  }

  private synchronized void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return null;
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
