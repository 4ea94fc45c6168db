package dev.posthorn.text;

import dev.posthorn.web.Cursor;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Mail and text accounts in one list (TH-46).
@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "Texts")
class AccountResource {
  private static final String ALL = """
      select id, 'email' as channel, kind, name, address, team_id, case when process_incoming then state else 'paused' end as state,
        last_success_at, last_error, '/api/v1/mailboxes/' || id as path
      from mailbox m join mailbox_pull p on p.tenant_id = m.tenant_id and p.mailbox_id = m.id where m.tenant_id = current_tenant()
      union all
      select id, 'text', 'text', name, number, team_id, case when not active then 'paused' when last_error is null then 'connected' else 'failing' end,
        last_success_at, last_error, '/api/v1/text-accounts/' || id
      from text_account where tenant_id = current_tenant()""";

  private final EntityManager entities;

  AccountResource(EntityManager entities) {
    this.entities = entities;
  }

  /// An account at a provider or gateway.
  ///
  /// @param channel `email` or `text`
  /// @param kind of a mailbox its kind; `text` for a text account
  /// @param address a mail address or a telephone number
  /// @param state `connected`, `failing`, `needs-reauthorization` or `paused`
  /// @param path where it is shown whole and changed
  @Schema(name = "Account")
  record AccountView(UUID id, String channel, String kind, String name, String address, UUID teamId, String state, Instant lastSuccessAt, String lastError,
      String path) {}

  @GET
  @Transactional
  @Operation(summary = "List accounts", description = "Mailboxes and text accounts in one list, oldest first, each with its state.")
  public Page<AccountView> list(@BeanParam PageRequest page) {
    return page.of("accounts").answer(this::rows, view -> Cursor.at(view.id()),
        () -> ((Number) entities.createNativeQuery("select count(*) from (" + ALL + ") account").getSingleResult()).longValue());
  }

  private List<AccountView> rows(Cursor after, int atMost) {
    List<?> rows = entities.createNativeQuery("select * from (" + ALL + ") account where id > :after order by id limit :most", Tuple.class)
        .setParameter("after", after == null ? new UUID(0, 0) : after.id()).setParameter("most", atMost).getResultList();
    return rows.stream().map(row -> view((Tuple) row)).toList();
  }

  private static AccountView view(Tuple row) {
    return new AccountView(row.get("id", UUID.class), row.get("channel", String.class), row.get("kind", String.class), row.get("name", String.class),
        row.get("address", String.class), row.get("team_id", UUID.class), row.get("state", String.class), row.get("last_success_at", Instant.class),
        row.get("last_error", String.class), row.get("path", String.class));
  }
}
