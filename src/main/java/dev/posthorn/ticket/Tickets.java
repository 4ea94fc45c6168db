package dev.posthorn.ticket;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The tickets of the current tenant, by the questions that are asked of them.
@ApplicationScoped
public class Tickets implements PanacheRepositoryBase<Ticket, UUID> {
  private final EntityManager entities;

  Tickets(EntityManager entities) {
    this.entities = entities;
  }

  public List<UUID> idsOfNumbers(Collection<Long> numbers) {
    return numbers.isEmpty() ? List.of() : entities.createQuery("select id from Ticket where number in ?1", UUID.class)
        .setParameter(1, numbers).getResultList();
  }

  /// These and the tickets in which they go on, however many there are between (P-26).
  public Set<UUID> withMergeTargets(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    var chain = new HashSet<UUID>();
    for (var id : entities.createNativeQuery("""
        with recursive chain (id) as (
          select id from ticket where tenant_id = current_tenant() and id = any (:ids)
          union
          select t.merged_into_id from ticket t join chain c on t.tenant_id = current_tenant() and t.id = c.id
          where t.merged_into_id is not null
        ) select id from chain""", UUID.class)
        .setParameter("ids", ids.toArray(UUID[]::new))
        .getResultList()) {
      chain.add((UUID) id);
    }
    return chain;
  }

  /// Locks these tickets and those in which they go on. One that is merged while this waits for it takes its own with it.
  public Map<UUID, Ticket> lockWithMergeTargets(Collection<UUID> ids) {
    var locked = new HashMap<>(lock(withMergeTargets(ids)));
    for (var missing = targetsOutside(locked); !missing.isEmpty(); missing = targetsOutside(locked)) {
      locked.putAll(lock(missing));
    }
    return locked;
  }

  private static Set<UUID> targetsOutside(Map<UUID, Ticket> locked) {
    return locked.values().stream().filter(ticket -> ticket.isMerged() && !locked.containsKey(ticket.mergedIntoId))
        .map(ticket -> ticket.mergedIntoId).collect(Collectors.toSet());
  }

  /// Subjects of the messages of these tickets, by ticket.
  public Map<UUID, Set<String>> subjects(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return entities.createQuery("select distinct ticketId, subject from Message where ticketId in ?1", Tuple.class)
        .setParameter(1, ids)
        .getResultStream()
        .collect(Collectors.groupingBy(row -> row.get(0, UUID.class), Collectors.mapping(row -> row.get(1, String.class), Collectors.toSet())));
  }

  /// Locks the rows until the end of the transaction, in the order of their ids. To be asked before they are read otherwise.
  public Map<UUID, Ticket> lock(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    var rows = entities.createQuery("from Ticket where id in ?1 order by id", Ticket.class)
        .setParameter(1, ids)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
    return rows.stream().collect(Collectors.toMap(ticket -> ticket.id, ticket -> ticket));
  }

  /// The newest ticket of a contact in a team that is not solved or closed.
  public Optional<UUID> openOf(UUID contactId, UUID teamId) {
    return entities.createQuery("""
            select id from Ticket where contactId = ?1 and teamId = ?2 and statusKind not in ('solved', 'closed')
            order by id desc""", UUID.class)
        .setParameter(1, contactId).setParameter(2, teamId).setMaxResults(1)
        .getResultStream().findFirst();
  }

  /// Normalised addresses of the participants, by ticket.
  public Map<UUID, Set<String>> participants(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return entities.createQuery("from Participant where ticketId in ?1", Participant.class)
        .setParameter(1, ids)
        .getResultStream()
        .collect(Collectors.groupingBy(row -> row.ticketId, Collectors.mapping(row -> row.address, Collectors.toSet())));
  }

  /// The address that each ticket's first mail came from.
  Map<UUID, String> requesters(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return entities.createQuery("from Participant where ticketId in ?1 and role = 'requester'", Participant.class)
        .setParameter(1, ids)
        .getResultStream()
        .collect(Collectors.toMap(row -> row.ticketId, row -> row.address, (first, _) -> first));
  }

  /// Whose concern it is, where anybody knows an address of theirs.
  public Optional<Participant> requester(UUID ticketId) {
    return participantsOf(ticketId).stream().filter(one -> one.role.equals(Participant.REQUESTER)).findFirst();
  }

  List<Participant> participantsOf(UUID ticketId) {
    return entities.createQuery("from Participant where ticketId = ?1 order by createdAt, address", Participant.class)
        .setParameter(1, ticketId)
        .getResultList();
  }

  /// Messages of these tickets with one of these Message-IDs.
  public List<Message> messages(Collection<UUID> ids, Collection<String> messageIds) {
    if (ids.isEmpty() || messageIds.isEmpty()) {
      return List.of();
    }
    return entities.createQuery("from Message where ticketId in ?1 and messageId in ?2", Message.class)
        .setParameter(1, ids)
        .setParameter(2, messageIds)
        .getResultList();
  }
}
