-- Every mail that came in, once, and what became of it.
create table inbound_mail (
  tenant_id      uuid not null references tenant on delete cascade,
  id             uuid not null,
  channel_id     uuid not null,
  source_key     text not null,
  sha256         bytea not null,
  size           bigint not null,
  envelope_from  text not null,
  envelope_to    text not null,
  remote_address text not null,
  helo           text not null,
  received_at    timestamptz not null,
  state          text not null check (state in ('pending', 'ticketed', 'threaded', 'ignored', 'quarantined', 'failed', 'echo', 'bounce')),
  reason         text,
  attempts       int not null default 0,
  due_at         timestamptz not null,
  ticket_id      uuid,
  message_id     uuid,
  settled_at     timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, channel_id, source_key),
  foreign key (tenant_id, channel_id) references inbound_channel
);
-- Small while triage keeps up: only what waits is in it.
create index inbound_mail_due on inbound_mail (due_at) where state = 'pending';
create index inbound_mail_by_state on inbound_mail (tenant_id, state, id);
call wall('inbound_mail');

-- Leases due mails to a worker: nobody else sees them before the lease ends. Oldest first, over all tenants.
create function claim_inbound_mail(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  update inbound_mail m set due_at = now + lease, attempts = m.attempts + 1
  from (select d.tenant_id, d.id from inbound_mail d
        where d.state = 'pending' and d.due_at <= now
        order by d.due_at limit at_most for update skip locked) due
  where m.tenant_id = due.tenant_id and m.id = due.id
  returning m.tenant_id, m.id;
end;

-- How many wait, and since when the oldest does. Two figures, nobody's rows.
create function inbound_mail_backlog() returns table (waiting bigint, oldest timestamptz)
  language sql stable security definer set search_path = public
begin atomic
  select count(*), min(received_at) from inbound_mail where state = 'pending';
end;
