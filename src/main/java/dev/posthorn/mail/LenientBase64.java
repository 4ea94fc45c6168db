package dev.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Decodes base64 as it comes in mail (RFC 2045, section 6.8): with strangers inside, without its end, in several
/// padded blocks, or with a footer that a mailing list put under it.
final class LenientBase64 {

    private static final int BUFFER = 8_192;
    private static final byte[] SEXTETS = sextets();

    private final OutputStream out;
    private final byte[] decoded = new byte[BUFFER];
    private int decodedCount;
    private int held;
    private int bits;
    private boolean sound = true;
    /// What follows padding, up to the end of its line; null while no padding was seen.
    private ByteArrayOutputStream lineAfterPadding;

    private LenientBase64(OutputStream out) {
        this.out = out;
    }

    /// Copies decoded.
    ///
    /// @return false if something was damaged
    static boolean copy(InputStream encoded, OutputStream out) throws IOException {
        LenientBase64 decoding = new LenientBase64(out);
        byte[] buffer = new byte[BUFFER];
        for (int count = encoded.read(buffer); count >= 0; count = encoded.read(buffer)) {
            for (int i = 0; i < count; i++) {
                decoding.take(buffer[i]);
            }
        }
        return decoding.end();
    }

    static byte[] decode(String encoded) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length() * 3 / 4);
        try {
            copy(new ByteArrayInputStream(encoded.getBytes(StandardCharsets.ISO_8859_1)), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private boolean end() throws IOException {
        endLineAfterPadding();
        endRun();
        out.write(decoded, 0, decodedCount);
        return sound;
    }

    private void take(byte b) throws IOException {
        if (lineAfterPadding != null) {
            takeAfterPadding(b);
            return;
        }
        int sextet = SEXTETS[b & 0xff];
        if (sextet >= 0) {
            decode(sextet);
        } else if (b == '=' && bits > 0) {
            endRun();
            lineAfterPadding = new ByteArrayOutputStream();
        } else if (b != '=' && (b < 0 || b > ' ')) {
            sound = false;
        }
    }

    private void takeAfterPadding(byte b) throws IOException {
        if (b == '\n') {
            endLineAfterPadding();
        } else if (lineAfterPadding.size() < BUFFER) {
            lineAfterPadding.write(b);
        } else {
            sound = false;
        }
    }

    /// A whole line of base64 goes on with the content; any other is a footer.
    private void endLineAfterPadding() throws IOException {
        if (lineAfterPadding == null) {
            return;
        }
        String line = lineAfterPadding.toString(StandardCharsets.ISO_8859_1).strip();
        lineAfterPadding.reset();
        int from = 0;
        while (from < line.length() && line.charAt(from) == '=') {
            from++;
        }
        String block = line.substring(from);
        if (block.isEmpty()) {
            return;
        }
        if (block.length() % 4 != 0 || !block.chars().allMatch(c -> c == '=' || SEXTETS[c] >= 0)) {
            sound = false;
            return;
        }
        for (int i = 0; i < block.length(); i++) {
            if (block.charAt(i) == '=') {
                endRun();
            } else {
                decode(SEXTETS[block.charAt(i)]);
            }
        }
        if (!block.endsWith("=")) {
            lineAfterPadding = null;
        }
    }

    private void decode(int sextet) throws IOException {
        held = held << 6 | sextet;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            emit(held >>> bits);
            held &= (1 << bits) - 1;
        }
    }

    private void emit(int b) throws IOException {
        decoded[decodedCount++] = (byte) b;
        if (decodedCount == BUFFER) {
            out.write(decoded);
            decodedCount = 0;
        }
    }

    /// Six bits left over are the beginning of a byte whose rest is missing.
    private void endRun() {
        sound &= bits != 6;
        bits = 0;
        held = 0;
    }

    private static byte[] sextets() {
        byte[] table = new byte[256];
        Arrays.fill(table, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            table[alphabet.charAt(i)] = (byte) i;
        }
        return table;
    }
}
