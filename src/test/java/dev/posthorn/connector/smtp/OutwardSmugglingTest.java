package dev.posthorn.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.junit.jupiter.api.Test;

/// Mail is taken in with whatever bare CR and LF it has. Should its octets ever go out again, in an attached message for
/// example, the stream of the outgoing line leaves nothing in them that any server could take for the end of the data.
class OutwardSmugglingTest {

  private static final String[] LETTERS = {"\r", "\n", ".", "x"};

  @Test
  void noOctetsOfAMailCanEndTheDataThatCarriesThem() throws IOException {
    for (var hostile : sequences(6)) {
      for (int piece : new int[] {1, 2, 100}) {
        var sent = sent(hostile, piece);
        var shown = hostile.replace("\r", "CR ").replace("\n", "LF ") + " in pieces of " + piece;
        assertThat(sent.replace("\r\n", "")).as("bare CR or LF: " + shown).doesNotContain("\r", "\n");
        assertThat(("\r\n" + sent)).as("final dot: " + shown).doesNotContain("\r\n.\r\n").endsWith("\r\n");
      }
    }
  }

  private static String sent(String mail, int piece) throws IOException {
    var line = new ByteArrayOutputStream();
    var data = new SMTPOutputStream(line);
    var octets = mail.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < octets.length; i += piece) data.write(octets, i, Math.min(piece, octets.length - i));
    data.ensureAtBOL();
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static List<String> sequences(int length) {
    List<String> all = new ArrayList<>(List.of(""));
    for (int start = 0, round = 0; round < length; round++) {
      int end = all.size();
      for (int i = start; i < end; i++) for (var letter : LETTERS) all.add(all.get(i) + letter);
      start = end;
    }
    return all;
  }
}
