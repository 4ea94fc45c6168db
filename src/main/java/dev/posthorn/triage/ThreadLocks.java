package dev.posthorn.triage;

import dev.posthorn.mail.MessageId;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.ticket.ThreadRefs;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// Advisory locks until the end of the transaction, over what two mails could disagree about: the ids at both ends of a
/// thread, and the sender, who may be new. Taken in one order, so that two batches never wait for each other in a circle.
@ApplicationScoped
class ThreadLocks {
  private final DataSource dataSource;
  private final CurrentTenant tenant;

  ThreadLocks(DataSource dataSource, CurrentTenant tenant) {
    this.dataSource = dataSource;
    this.tenant = tenant;
  }

  void take(List<Reading> batch) {
    var keys = batch.stream().flatMapToLong(this::keys).sorted().distinct().boxed().toArray();
    try (var connection = dataSource.getConnection();
        var lock = connection.prepareStatement("select pg_advisory_xact_lock(key) from unnest(?::bigint[]) as key")) {
      lock.setArray(1, connection.createArrayOf("bigint", keys));
      lock.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("Threads could not be locked", e);
    }
  }

  private LongStream keys(Reading reading) {
    var mail = reading.mail();
    var ids = Stream.of(
        mail.messageId().stream(),
        mail.inReplyTo().stream().limit(1),
        mail.references().stream().limit(1),
        mail.references().reversed().stream().limit(1)).flatMap(part -> part);
    return LongStream.concat(
        Stream.concat(ids.map(this::key), mail.conversations().stream().map(ThreadRefs::conversation).map(this::key)).mapToLong(Long::longValue),
        LongStream.of(key(UUID.nameUUIDFromBytes(mail.sender().normalized().getBytes(StandardCharsets.UTF_8)))));
  }

  private long key(MessageId id) {
    return key(ThreadRefs.ref(id));
  }

  private long key(UUID what) {
    return what.getMostSignificantBits() ^ tenant.value().getLeastSignificantBits();
  }
}
