package dev.posthorn.web;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/// Whether callers are still who they were: asked by whoever goes on later with what a caller began.
@ApplicationScoped
public class Standings {
  private final List<Standing> rooms;

  Standings(@All List<Standing> rooms) {
    this.rooms = rooms;
  }

  /// What somebody of the current tenant may do now.
  ///
  /// @param keyId as [Caller#keyId] said it
  /// @return nothing where what they called with is not good any more: deleted, ended, signed out, of an agent who is not active
  @Transactional
  public Optional<Role> roleOf(String keyId) {
    return rooms.stream().flatMap(room -> room.roleOf(keyId).stream()).findFirst();
  }
}
