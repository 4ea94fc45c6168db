package dev.posthorn.ticket;

import dev.posthorn.mail.Sha256;
import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// Remembers mails that were deleted with their ticket (P-15): whoever still has them may bring them as often as they like. What is
/// kept are hashes, of nothing but what made it the same mail. Belongs to the running transaction.
@ApplicationScoped
public class DeletedMails {
  private final DataSource dataSource;
  private final CurrentTenant tenant;
  private final Clock clock;

  DeletedMails(DataSource dataSource, CurrentTenant tenant, Clock clock) {
    this.dataSource = dataSource;
    this.tenant = tenant;
    this.clock = clock;
  }

  /// What makes a mail the same for a team: its bytes; or its Message-ID, sender and subject, since some senders use one id for
  /// everything; or, for our own, the Message-ID alone. Another team may rightly have it (P-14).
  ///
  /// @param messageId null where it has none
  public static List<UUID> refs(UUID teamId, String messageId, String sender, String subject, Sha256 sha256) {
    var refs = new ArrayList<UUID>();
    refs.add(ref(teamId, "bytes", sha256.hex()));
    if (messageId != null) {
      refs.add(ref(teamId, "mail", messageId + " " + sender.toLowerCase(Locale.ROOT) + " " + subject));
      refs.add(own(messageId));
    }
    return refs;
  }

  /// The ref of a mail of ours, whichever team sent it.
  static UUID own(String messageId) {
    return ref(new UUID(0, 0), "own", messageId);
  }

  private static UUID ref(UUID teamId, String kind, String what) {
    var digest = ByteBuffer.wrap(Sha256.digest((teamId + " " + kind + " " + what).getBytes(StandardCharsets.UTF_8)).bytes());
    return new UUID(digest.getLong(), digest.getLong());
  }

  /// Those of them that are remembered.
  public Set<UUID> among(Collection<UUID> refs) {
    if (refs.isEmpty()) {
      return Set.of();
    }
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("select ref from deleted_mail where tenant_id = ? and ref = any (?)")) {
      select.setObject(1, tenant.value());
      select.setArray(2, connection.createArrayOf("uuid", refs.toArray()));
      var rows = select.executeQuery();
      var found = new HashSet<UUID>();
      while (rows.next()) {
        found.add(rows.getObject(1, UUID.class));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("Deleted mails could not be looked for", e);
    }
  }

  void add(Collection<UUID> refs) {
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement("""
            insert into deleted_mail (tenant_id, ref, deleted_at) select ?, r, ? from unnest(?::uuid[]) r on conflict do nothing""")) {
      insert.setObject(1, tenant.value());
      insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setArray(3, connection.createArrayOf("uuid", refs.toArray()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Deleted mails could not be remembered", e);
    }
  }
}
