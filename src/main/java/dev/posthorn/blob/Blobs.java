package dev.posthorn.blob;

import dev.posthorn.mail.Sha256;
import dev.posthorn.tenant.CurrentTenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/// Bytes of the current tenant by their SHA-256, written in the running transaction, in pieces, so that memory stays flat.
///
/// They are durable here with what they belong to. Where a bucket is configured, [BlobMover] moves them there some time later, and
/// they are read from there; whoever asks for them does not notice.
@ApplicationScoped
public class Blobs {
  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final Elsewhere elsewhere;
  private final BlobConfig config;
  private final Clock clock;

  Blobs(DataSource dataSource, CurrentTenant tenant, Elsewhere elsewhere, BlobConfig config, Clock clock) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.elsewhere = elsewhere;
    this.config = config;
    this.clock = clock;
  }

  /// Stores the bytes unless the tenant has them. The caller's transaction decides whether they stay.
  public void put(Sha256 sha256, long size, InputStream bytes) {
    try (bytes; var connection = dataSource.getConnection()) {
      int piece = 0;
      long left = size;
      do {
        var content = bytes.readNBytes((int) Math.min(left, config.pieceBytes()));
        if (content.length == 0 && left > 0) {
          throw new IOException("The bytes ended " + left + " before their size");
        }
        left -= content.length;
        if (!insert(connection, sha256, piece++, size, content) && piece == 1) {
          return; // A blob is written whole or not at all: with piece 0 the others are there.
        }
      } while (left > 0);
      if (elsewhere.bucket().isPresent()) {
        moveLater(connection, sha256);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("A blob could not be written", e);
    }
  }

  /// What is there and old is young again, until the transaction ends at least: nobody sweeps it away before it is named.
  private boolean insert(Connection connection, Sha256 sha256, int piece, long size, byte[] content) throws SQLException {
    var now = clock.instant();
    try (var insert = connection.prepareStatement("""
        insert into blob (tenant_id, sha256, piece, size, content, created_at) values (?, ?, ?, ?, ?, ?)
        on conflict (tenant_id, sha256, piece) do update set created_at = excluded.created_at where blob.piece = 0 and blob.created_at < ?
        returning xmax = 0""")) {
      insert.setObject(1, tenant.value());
      insert.setBytes(2, sha256.bytes());
      insert.setInt(3, piece);
      insert.setLong(4, size);
      insert.setBytes(5, content);
      insert.setObject(6, now.atOffset(ZoneOffset.UTC));
      insert.setObject(7, now.minus(config.garbageAge().dividedBy(2)).atOffset(ZoneOffset.UTC));
      var row = insert.executeQuery();
      return row.next() && row.getBoolean(1);
    }
  }

  /// Takes away bytes that nothing names, as whoever asks has seen: those of them that nobody brought again meanwhile. Belongs to the
  /// running transaction.
  ///
  /// @param before nothing younger
  /// @return how many there were
  public int remove(Collection<Sha256> unnamed, Instant before) {
    try (var connection = dataSource.getConnection();
        var delete = connection.prepareStatement("""
            with old as materialized (
              select tenant_id, sha256 from blob where tenant_id = ? and sha256 = any (?) and piece = 0 and created_at < ? for update),
            gone as (delete from blob b using old where b.tenant_id = old.tenant_id and b.sha256 = old.sha256 returning b.piece)
            select count(*) from gone where piece = 0""")) {
      delete.setObject(1, tenant.value());
      delete.setArray(2, connection.createArrayOf("bytea", unnamed.stream().map(Sha256::bytes).toArray(byte[][]::new)));
      delete.setObject(3, before.atOffset(ZoneOffset.UTC));
      var row = delete.executeQuery();
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Blobs could not be taken away", e);
    }
  }

  private void moveLater(Connection connection, Sha256 sha256) throws SQLException {
    try (var insert = connection.prepareStatement(
        "insert into blob_move (tenant_id, sha256, due_at) values (?, ?, ?) on conflict do nothing")) {
      insert.setObject(1, tenant.value());
      insert.setBytes(2, sha256.bytes());
      insert.setObject(3, clock.instant().plus(config.s3().moveAfter()).atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /// The bytes, read piece by piece as they are consumed, each piece in a transaction of its own if none is running.
  ///
  /// @throws IllegalStateException where the tenant has no such blob
  /// @throws dev.posthorn.web.Trouble where it lies in a bucket that does not answer
  public InputStream open(Sha256 sha256) {
    var first = piece(sha256, 0).orElseThrow(() -> new IllegalStateException("No blob " + sha256.hex()));
    return first.object() == null ? pieces(sha256, first) : elsewhere.open(first.object(), sha256);
  }

  private Pieces pieces(Sha256 sha256, Piece first) {
    return new Pieces(tenant.id(), first, new Pieces.Source() {
      @Override
      public Optional<Piece> piece(int number) {
        return Blobs.this.piece(sha256, number);
      }

      @Override
      public InputStream moved(long from) throws IOException {
        var object = piece(0).map(Piece::object).orElseThrow(() -> new EOFException("A piece of the blob is missing"));
        return elsewhere.get(object, from);
      }
    });
  }

  /// The same for many at once, with one question to the database; what the tenant lacks is left out.
  public Map<Sha256, InputStream> openAll(Collection<Sha256> wanted) {
    return QuarkusTransaction.joiningExisting().call(() -> {
      try (var connection = dataSource.getConnection();
          var select = connection.prepareStatement(
              "select sha256, size, content, object from blob where tenant_id = ? and sha256 = any (?) and piece = 0")) {
        select.setObject(1, tenant.value());
        select.setArray(2, connection.createArrayOf("bytea", wanted.stream().map(Sha256::bytes).toArray(byte[][]::new)));
        var rows = select.executeQuery();
        var found = new HashMap<Sha256, InputStream>();
        while (rows.next()) {
          var sha256 = Sha256.of(rows.getBytes(1));
          var first = new Piece(rows.getLong(2), rows.getBytes(3), rows.getString(4));
          found.put(sha256, first.object() == null ? pieces(sha256, first) : elsewhere.openLater(first.object(), sha256));
        }
        return found;
      }
    });
  }

  /// How large a blob is that lies in this database; nothing where there is none.
  OptionalLong sizeHere(Sha256 sha256) {
    return piece(sha256, 0).filter(first -> first.object() == null).map(first -> OptionalLong.of(first.wholeSize())).orElse(OptionalLong.empty());
  }

  private Optional<Piece> piece(Sha256 sha256, int number) {
    return QuarkusTransaction.joiningExisting().call(() -> {
      try (var connection = dataSource.getConnection();
          var select = connection.prepareStatement("select size, content, object from blob where tenant_id = ? and sha256 = ? and piece = ?")) {
        select.setObject(1, tenant.value());
        select.setBytes(2, sha256.bytes());
        select.setInt(3, number);
        var row = select.executeQuery();
        return row.next() ? Optional.of(new Piece(row.getLong(1), row.getBytes(2), row.getString(3))) : Optional.empty();
      }
    });
  }

  /// @param object where the whole blob lies if not here; null where it does
  record Piece(long wholeSize, byte[] content, String object) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Piece(long size, byte[] bytes, String place) && size == wholeSize && Arrays.equals(bytes, content)
          && Objects.equals(place, object);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
      return "Piece[" + content.length + " of " + wholeSize + "]";
    }
  }
}
