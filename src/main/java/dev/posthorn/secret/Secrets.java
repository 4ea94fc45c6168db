package dev.posthorn.secret;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Ids;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/// The secrets of the current tenant. Every method belongs to the running transaction.
@ApplicationScoped
public class Secrets implements PanacheRepositoryBase<StoredSecret, UUID> {
  private final Keyring keys;
  private final CurrentTenant tenant;
  private final Clock clock;

  Secrets(SecretConfig config, CurrentTenant tenant, Clock clock) {
    try {
      this.keys = new Keyring(config.keys());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("posthorn.secret.keys " + e.getMessage());
    }
    this.tenant = tenant;
    this.clock = clock;
  }

  /// Keeps a secret.
  ///
  /// @param purpose what it is for, as `mailbox-password`: part of what it is bound to
  /// @return the id by which it is opened
  public UUID keep(String purpose, Secret secret) {
    var row = new StoredSecret();
    row.id = Ids.next();
    row.purpose = purpose;
    row.createdAt = clock.instant();
    seal(row, secret);
    persistAndFlush(row);
    return row.id;
  }

  /// Puts another secret in its place.
  public void replace(UUID id, Secret secret) {
    seal(existing(id), secret);
  }

  /// The secret itself.
  ///
  /// @throws IllegalStateException where the tenant has no such secret
  public Secret open(UUID id) {
    var row = existing(id);
    return keys.open(new Keyring.Sealed(row.keyId, row.sealed), context(row));
  }

  public void forget(UUID id) {
    deleteById(id);
  }

  /// Seals it anew if that was under an older key.
  boolean rotate(UUID id) {
    var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (row == null || row.keyId.equals(keys.current())) {
      return false;
    }
    seal(row, keys.open(new Keyring.Sealed(row.keyId, row.sealed), context(row)));
    return true;
  }

  /// Whether the key of this id is configured.
  boolean hasKey(String id) {
    return keys.ids().contains(id);
  }

  /// The ids of the keys that are configured, the one that seals first.
  Set<String> keyIds() {
    return keys.ids();
  }

  String currentKey() {
    return keys.current();
  }

  private void seal(StoredSecret row, Secret secret) {
    var sealed = keys.seal(secret, context(row));
    row.keyId = sealed.keyId();
    row.sealed = sealed.bytes();
    row.updatedAt = clock.instant();
  }

  private String context(StoredSecret row) {
    return tenant.id() + " " + row.purpose + " " + row.id;
  }

  private StoredSecret existing(UUID id) {
    return findByIdOptional(id).orElseThrow(() -> new IllegalStateException("No secret " + id));
  }
}
