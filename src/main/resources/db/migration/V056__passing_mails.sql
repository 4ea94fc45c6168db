-- Mails that are sealed while they wait, and whose bytes are never kept: invitations, notices.
alter table outbound_mail add column sealed_id uuid;

-- Those of before: what has no message, goes to nobody's return path and has come to its end. Their bytes go with the next sweep.
update outbound_mail o set raw_gone_at = now()
where o.raw_gone_at is null and o.envelope_from = '' and o.state not in ('queued', 'deferred')
  and not exists (select from message m where m.tenant_id = o.tenant_id and m.outbound_mail_id = o.id);

-- What a tenant has spent today (UTC) of what it may write by the platform's relay.
create table relay_spending (
  tenant_id uuid not null references tenant on delete cascade,
  what      text not null check (what in ('recipients', 'invitations')),
  day       date not null,
  spent     int not null,
  primary key (tenant_id, what)
);
call wall('relay_spending');
