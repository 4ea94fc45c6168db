package dev.posthorn.channel;

import dev.posthorn.mail.Address;
import dev.posthorn.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Which inbound channel an address opens, whoever's it is. A detail (`support+anything@…`, RFC 5233) opens the same door.
@ApplicationScoped
public class Doors {
  /// @param recipient the address as it was given, with its detail
  public record Door(TenantId tenant, UUID channelId, String recipient) {}

  private final DataSource dataSource;

  Doors(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public Optional<Door> find(Address recipient) {
    var normalized = recipient.normalized();
    return lookUp(normalized, recipient).or(() -> withoutDetail(normalized).flatMap(base -> lookUp(base, recipient)));
  }

  private Optional<Door> lookUp(String wanted, Address recipient) {
    return QuarkusTransaction.joiningExisting().call(() -> {
      try (var connection = dataSource.getConnection();
          var call = connection.prepareStatement("select tenant_id, id from channel_of_address(?)")) {
        call.setString(1, wanted);
        var row = call.executeQuery();
        return row.next()
            ? Optional.of(new Door(new TenantId(row.getObject(1, UUID.class)), row.getObject(2, UUID.class), recipient.address()))
            : Optional.empty();
      }
    });
  }

  private static Optional<String> withoutDetail(String address) {
    int plus = address.indexOf('+');
    int at = address.lastIndexOf('@');
    return plus > 0 && plus < at ? Optional.of(address.substring(0, plus) + address.substring(at)) : Optional.empty();
  }
}
