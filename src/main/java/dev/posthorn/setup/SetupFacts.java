package dev.posthorn.setup;

import dev.posthorn.tenant.CurrentTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Looks up how a team's mail comes and goes. In the caller's transaction.
@ApplicationScoped
class SetupFacts {
  private final DataSource dataSource;
  private final CurrentTenant tenant;

  SetupFacts(DataSource dataSource, CurrentTenant tenant) {
    this.dataSource = dataSource;
    this.tenant = tenant;
  }

  /// What is so.
  ///
  /// @param mailboxKind of the mailbox that the team's mail comes from; Microsoft 365 before others
  /// @param mailboxAddress its address
  /// @param mailboxState as the reading left it
  /// @param ownAddress the From of the team's mail where that is no address of ours
  /// @param forwardingAddress the team's sender among the addresses that it was issued
  /// @param isForwarded whether mail came by a forwarding address that was written to another one
  record Facts(boolean isOn, Optional<String> mailboxKind, Optional<String> mailboxAddress, Optional<String> mailboxState, Optional<String> ownAddress,
      String forwardingAddress, boolean hasReceived, boolean isForwarded, boolean hasSent, boolean hasAgents) {}

  Facts of(UUID teamId) {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("""
            select t.email_hub_enabled, m.kind, m.address, m.state, o.from_address, a.address,
              exists (select from inbound_mail i join inbound_channel c on c.tenant_id = i.tenant_id and c.id = i.channel_id
                where i.tenant_id = t.tenant_id and c.team_id = t.id),
              exists (select from ticket k join message s on s.tenant_id = k.tenant_id and s.ticket_id = k.id
                  join inbound_mail i on i.tenant_id = s.tenant_id and i.id = s.inbound_mail_id
                  join inbound_channel c on c.tenant_id = i.tenant_id and c.id = i.channel_id
                where k.tenant_id = t.tenant_id and k.team_id = t.id and c.kind = 'forwarding-address'
                  and s.parties -> 'to' <> '[]' and position(lower(c.address) in lower((s.parties -> 'to')::text)) = 0),
              exists (select from ticket k join message s on s.tenant_id = k.tenant_id and s.ticket_id = k.id
                  join outbound_mail x on x.tenant_id = s.tenant_id and x.id = s.outbound_mail_id
                where k.tenant_id = t.tenant_id and k.team_id = t.id and x.state = 'sent'),
              exists (select from queue_agent q where q.tenant_id = t.tenant_id and q.queue_id = t.default_queue_id)
            from team t
            left join forwarding_address a on a.tenant_id = t.tenant_id and a.id = t.sender_address_id
            left join lateral (select b.kind, b.address, p.state from mailbox b join mailbox_pull p on p.tenant_id = b.tenant_id and p.mailbox_id = b.id
              where b.tenant_id = t.tenant_id and b.team_id = t.id order by b.kind = 'microsoft365' desc, b.id limit 1) m on true
            left join lateral (select c.from_address from inbound_channel w join outbound_channel c on c.tenant_id = w.tenant_id
                and c.id = coalesce(w.reply_via_id, t.reply_via_id) and c.from_address is not null
                and not exists (select from forwarding_address f where f.tenant_id = c.tenant_id and f.address = c.from_address)
              where w.tenant_id = t.tenant_id and w.team_id = t.id and c.mailbox_id is null order by w.id limit 1) o on true
            where t.tenant_id = ? and t.id = ?""")) {
      select.setObject(1, tenant.value());
      select.setObject(2, teamId);
      var row = select.executeQuery();
      row.next();
      return new Facts(row.getBoolean(1), Optional.ofNullable(row.getString(2)), Optional.ofNullable(row.getString(3)), Optional.ofNullable(row.getString(4)),
          Optional.ofNullable(row.getString(5)), row.getString(6), row.getBoolean(7), row.getBoolean(8), row.getBoolean(9), row.getBoolean(10));
    } catch (SQLException e) {
      throw new IllegalStateException("The set-up of a team could not be read", e);
    }
  }
}
