package dev.posthorn.web;

import dev.posthorn.tenant.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// Writes cursors so that they open only with the list they came from: 8 bytes of SHA-256 over tenant, list and filters,
/// then id and key. It keeps clients from honest mistakes; it is no signature, and needs none: a cursor made by hand
/// reaches only rows that the query shows its caller anyway.
final class CursorSeal {
  private static final int MARK = 8;
  private static final int ID = 16;

  private final byte[] mark;

  CursorSeal(Optional<TenantId> tenant, String list, Object... filters) {
    // Each word goes with its length, so that no two lists of filters read the same.
    var words = new StringBuilder(tenant.map(TenantId::toString).orElse("")).append('\n').append(list);
    for (var filter : filters) {
      var word = String.valueOf(filter);
      words.append('\n').append(filter == null ? -1 : word.length()).append(':').append(word);
    }
    this.mark = Arrays.copyOf(Hash.sha256(words.toString()), MARK);
  }

  String write(Cursor cursor) {
    var key = cursor.key().getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(MARK + ID + key.length).put(mark);
    bytes.putLong(cursor.id().getMostSignificantBits()).putLong(cursor.id().getLeastSignificantBits()).put(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// @throws Refusal 400 for anything that [#write] of this very list did not write
  Cursor read(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      var found = new byte[MARK];
      if (bytes.remaining() < MARK + ID) {
        throw Cursor.foreign();
      }
      bytes.get(found);
      if (!Arrays.equals(found, mark)) {
        throw Cursor.foreign();
      }
      var id = new UUID(bytes.getLong(), bytes.getLong());
      return new Cursor(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), id);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw Cursor.foreign();
    }
  }
}
