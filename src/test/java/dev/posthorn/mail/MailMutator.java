package dev.posthorn.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Makes broken mails out of others. The same seed makes the same mails.
final class MailMutator {
  private static final int MAX_BYTES = 400_000;

  private static final List<String> LABELS = List.of("utf-8", "us-ascii", "iso-8859-1", "windows-1251", "iso-2022-jp", "iso-2022-kr",
      "gb18030", "big5", "ks_c_5601-1987", "utf-16", "utf-16le", "utf-32", "utf-7", "hz-gb-2312", "koi8-r", "x-unknown", "", "\"", "=?");

  private static final List<String> TOKENS = List.of("\r\n\r\n", "\n", "\r", "\0", "--b\r\n", "--b--\r\n", "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
      "Content-Type: message/rfc822\r\n\r\n", "Content-Transfer-Encoding: base64\r\n", "=?utf-8?B?", "?=", "=\r\n", "begin 644 a\n", "\nend\n", ";", "\"",
      "(", "<", "*0*=utf-8''", "\u00ff\u00fe", "0x", "9999999999", "\ud83d", "Content-Type: application/pkcs7-mime; name=smime.p7m\r\n",
      "Content-Type: application/ms-tnef; name=winmail.dat\r\n", "Content-Type: multipart/encrypted; boundary=b\r\n\r\n");

  private final List<byte[]> corpus;
  private final Random random;

  MailMutator(List<byte[]> corpus, long seed) {
    this.corpus = corpus;
    this.random = new Random(seed);
  }

  byte[] next() {
    byte[] mail = any();
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      mail = changed(mail);
    }
    return mail.length <= MAX_BYTES ? mail : Arrays.copyOf(mail, MAX_BYTES);
  }

  private byte[] changed(byte[] mail) {
    if (mail.length < 4) {
      return any();
    }
    return switch (random.nextInt(15)) {
      case 0 -> bits(mail, 1 + random.nextInt(8));
      case 1 -> bits(mail, 1 + mail.length / 50);
      case 2 -> joined(mail, 0, place(mail), chunk(mail), place(mail));
      case 3 -> deleted(mail);
      case 4 -> splice(mail, any());
      case 5 -> repeatedHeader(mail);
      case 6 -> boundaryTampered(mail);
      case 7 -> swappedLabel(mail);
      case 8 -> nested(mail);
      case 9 -> inserted(mail, bytes(TOKENS.get(random.nextInt(TOKENS.size()))));
      case 10 -> Arrays.copyOf(mail, place(mail));
      case 11, 12 -> inside(mail);
      case 13 -> replaced(mail, "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable");
      default -> inserted(mail, any());
    };
  }

  private byte[] bits(byte[] mail, int count) {
    byte[] flipped = mail.clone();
    for (int i = 0; i < count; i++) {
      flipped[place(flipped)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] deleted(byte[] mail) {
    int from = place(mail);
    return joined(mail, 0, from, new byte[0], Math.min(mail.length, from + 1 + random.nextInt(200)));
  }

  /// The beginning of one and the end of another.
  private byte[] splice(byte[] one, byte[] other) {
    return joined(Arrays.copyOf(one, place(one)), other, other.length == 0 ? 0 : random.nextInt(other.length));
  }

  private byte[] repeatedHeader(byte[] mail) {
    String text = text(mail);
    int start = text.indexOf('\n', place(mail)) + 1;
    int end = text.indexOf('\n', start) + 1;
    return end <= start ? mail : inserted(mail, bytes(text.substring(start, end).repeat(1 + random.nextInt(50))), start);
  }

  private byte[] boundaryTampered(byte[] mail) {
    String text = text(mail);
    int at = text.indexOf("\n--", place(mail));
    if (at < 0) {
      return replaced(mail, "boundary=", random.nextBoolean() ? "boundary=\"" : "boundery=");
    }
    return random.nextBoolean() ? joined(mail, 0, at + 1, new byte[0], at + 2) : inserted(mail, bytes(random.nextBoolean() ? "--" : "x"), at + 3);
  }

  private byte[] swappedLabel(byte[] mail) {
    String label = LABELS.get(random.nextInt(LABELS.size()));
    return bytes(text(mail).replaceFirst("(?i)(charset=|=\\?)[\\w-]+", "$1" + label));
  }

  /// The mail inside many others, or in many multiparts.
  private byte[] nested(byte[] mail) {
    int depth = 1 + random.nextInt(80);
    if (random.nextBoolean()) {
      return joined(bytes("Content-Type: message/rfc822\r\n\r\n".repeat(depth)), mail, 0);
    }
    StringBuilder around = new StringBuilder("Content-Type: multipart/mixed; boundary=n0\r\n\r\n");
    for (int i = 0; i < depth; i++) {
      around.append("--n").append(i).append("\r\nContent-Type: multipart/mixed; boundary=n").append(i + 1).append("\r\n\r\n");
    }
    return joined(bytes(around.append("--n").append(depth).append("\r\n").toString()), mail, 0);
  }

  /// What is in base64, changed before it is encoded: containers have no other way to be broken inside.
  private byte[] inside(byte[] mail) {
    String text = text(mail);
    int body = text.indexOf("\r\n\r\n", Math.max(0, text.indexOf(": base64", random.nextInt(2) * place(mail))));
    int next = text.indexOf("\r\n--", body + 4);
    int end = next < 0 ? mail.length : next;
    if (body < 0) {
      return mail;
    }
    byte[] decoded = LenientBase64.decode(text.substring(body + 4, end));
    byte[] changed = switch (decoded.length == 0 ? 3 : random.nextInt(5)) {
      case 0 -> bits(decoded, 1 + random.nextInt(4));
      case 1 -> deleted(decoded);
      case 2 -> Arrays.copyOf(decoded, place(decoded));
      case 3 -> inserted(decoded, 4, new byte[] {-1, -1, -1, 127});
      default -> joined(decoded, 0, place(decoded), chunk(decoded), place(decoded));
    };
    return joined(mail, 0, body + 4, Base64.getMimeEncoder().encode(changed), end);
  }

  private byte[] inserted(byte[] bytes, int at, byte[] what) {
    return inserted(bytes, what, Math.min(bytes.length, at + random.nextInt(40)));
  }

  private byte[] replaced(byte[] mail, String old, String now) {
    return bytes(text(mail).replace(old, now));
  }

  private byte[] inserted(byte[] mail, byte[] what) {
    return inserted(mail, what, place(mail));
  }

  private static byte[] inserted(byte[] mail, byte[] what, int at) {
    return joined(mail, 0, at, what, at);
  }

  /// A piece of the mail.
  private byte[] chunk(byte[] mail) {
    int from = place(mail);
    return Arrays.copyOfRange(mail, from, Math.min(mail.length, from + random.nextInt(2_000)));
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private int place(byte[] mail) {
    return random.nextInt(mail.length);
  }

  /// `mail[from, to)`, then `between`, then `mail[on, …)`.
  private static byte[] joined(byte[] mail, int from, int to, byte[] between, int on) {
    return joined(joined(Arrays.copyOfRange(mail, from, to), between, 0), mail, on);
  }

  private static byte[] joined(byte[] first, byte[] second, int secondFrom) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length - secondFrom);
    System.arraycopy(second, secondFrom, joined, first.length, second.length - secondFrom);
    return joined;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
