package dev.posthorn.secret;

import dev.posthorn.tenant.Across;
import dev.posthorn.tenant.Loop;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.tenant.Worker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Seals anew what is under an older key, while everything runs: add a new key behind the others in `posthorn.secret.keys` of every node,
/// so that all can open what it seals; put it first, node by node; and take the old one away once nothing is under it any more
/// ([#state]): a start that still needs it is refused.
@ApplicationScoped
public class Rotation implements Worker {
  private static final Logger LOG = Logger.getLogger(Rotation.class);

  private record Outdated(TenantId tenant, UUID id) {}

  private final Secrets secrets;
  private final DataSource dataSource;
  private final Across across;
  private final SecretConfig config;
  private UUID last;
  private final Loop loop;

  Rotation(Secrets secrets, DataSource dataSource, Across across, SecretConfig config) {
    this.secrets = secrets;
    this.dataSource = dataSource;
    this.across = across;
    this.config = config;
    this.loop = new Loop("posthorn-secret-rotation", config.rotationInterval(), this::round);
  }

  /// How far the keys are.
  ///
  /// @param current the id of the key that seals
  public record State(String current, List<Key> keys) {
    /// Whether nothing is under another key than the current one.
    public boolean isDone() {
      return keys.stream().allMatch(key -> key.secrets == 0 || key.id.equals(current));
    }
  }

  /// A key of which something is known.
  ///
  /// @param configured whether this node has it
  /// @param secrets how many it seals
  public record Key(String id, boolean configured, long secrets) {}

  /// How far it is, as this node knows the keys.
  public State state() {
    var sealed = QuarkusTransaction.requiringNew().call(this::sealed);
    var ids = new LinkedHashSet<>(secrets.keyIds());
    ids.addAll(sealed.keySet());
    return new State(secrets.currentKey(), ids.stream().map(id -> new Key(id, secrets.hasKey(id), sealed.getOrDefault(id, 0L))).toList());
  }

  private Map<String, Long> sealed() throws SQLException {
    try (var connection = dataSource.getConnection(); var call = connection.prepareStatement("select key_id, secrets from secrets_by_key()")) {
      var rows = call.executeQuery();
      var sealed = new LinkedHashMap<String, Long>();
      while (rows.next()) {
        sealed.put(rows.getString(1), rows.getLong(2));
      }
      return sealed;
    }
  }

  /// Begins at once with what is left, in the background.
  public void begin() {
    loop.wake();
  }

  /// A key that still seals something and is not configured any more would be found out one failing mailbox at a time: so it
  /// is found out here.
  void check(@Observes StartupEvent start) throws SQLException {
    // Asked at all, keys that are none are refused now and not with the first mailbox.
    secrets.currentKey();
    var missing = new ArrayList<String>();
    try (var connection = dataSource.getConnection();
        var call = connection.prepareStatement("select * from secret_keys_in_use()");
        var rows = call.executeQuery()) {
      while (rows.next()) {
        if (!secrets.hasKey(rows.getString(1))) {
          missing.add(rows.getString(1));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new ConfigurationException("posthorn.secret.keys lacks keys that still seal secrets: " + String.join(", ", missing));
    }
  }

  @Override
  public List<Loop> loops() {
    return List.of(loop);
  }

  /// One batch. A secret that does not open is left as it is, loudly.
  ///
  /// @return whether there may be more
  boolean round() {
    var outdated = outdated();
    int sealed = 0;
    for (var one : outdated) {
      sealed += rotate(one) ? 1 : 0;
    }
    if (sealed > 0) {
      LOG.infof("%d secrets are now sealed under the key %s", sealed, secrets.currentKey());
    }
    boolean more = outdated.size() == config.rotationBatch();
    last = more ? outdated.getLast().id : null;
    return more;
  }

  private boolean rotate(Outdated one) {
    try {
      return Tenancy.in(one.tenant, () -> QuarkusTransaction.requiringNew().call(() -> secrets.rotate(one.id)));
    } catch (RuntimeException e) {
      LOG.errorf(e, "The secret %s of the tenant %s could not be sealed anew; its key must stay configured", one.id, one.tenant);
      return false;
    }
  }

  private List<Outdated> outdated() {
    return across.find(Outdated::new, "select tenant_id, id from secrets_under_older_keys(?, ?, ?)", secrets.currentKey(), last, config.rotationBatch());
  }
}
