-- Connected mailboxes: accounts of tenants elsewhere, by which mail comes in and leaves.
create table mailbox (
  tenant_id          uuid not null references tenant on delete cascade,
  id                 uuid not null,
  kind               text not null check (kind in ('imap', 'gmail')),
  name               text not null,
  address            text not null,
  team_id            uuid not null,
  username           text,
  secret_id          uuid not null,
  imap_host          text,
  imap_port          int,
  imap_security      text,
  smtp_host          text,
  smtp_port          int,
  smtp_security      text,
  folder             text not null,
  process_incoming   boolean not null,
  after_import       text not null,
  move_to            text,
  unread_only        boolean not null,
  keep_sent          boolean not null,
  sent_folder        text,
  since              timestamptz not null,
  connected_at       timestamptz not null,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  version            bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references team,
  foreign key (tenant_id, secret_id) references stored_secret
);
create unique index mailbox_name on mailbox (tenant_id, lower(name));
create unique index mailbox_address on mailbox (tenant_id, lower(address));
call wall('mailbox');

-- How far each mailbox was read, who reads it now, and how that goes. Apart from the mailbox itself: this changes at every look.
create table mailbox_pull (
  tenant_id       uuid not null,
  mailbox_id      uuid not null,
  active          boolean not null,
  cursor          text,
  state           text not null check (state in ('connected', 'failing', 'needs-reauthorization')),
  failures        int not null default 0,
  due_at          timestamptz not null,
  leased_by       uuid,
  lease_until     timestamptz,
  last_success_at timestamptz,
  last_step       text,
  last_error      text,
  stalled_at      timestamptz,
  primary key (tenant_id, mailbox_id),
  foreign key (tenant_id, mailbox_id) references mailbox on delete cascade
);
-- For claiming, which looks across tenants.
create index mailbox_pull_due on mailbox_pull (due_at) where active;
create index mailbox_pull_of_node on mailbox_pull (leased_by) where leased_by is not null;
call wall('mailbox_pull');

-- Mails that a mailbox says it has and does not hand out: looked for again and again, while the others flow.
create table mailbox_mishap (
  tenant_id  uuid not null,
  mailbox_id uuid not null,
  reference  text not null,
  why        text not null,
  attempts   int not null,
  due_at     timestamptz not null,
  given_up   boolean not null default false,
  first_at   timestamptz not null,
  primary key (tenant_id, mailbox_id, reference),
  foreign key (tenant_id, mailbox_id) references mailbox on delete cascade
);
call wall('mailbox_mishap');

-- Searches for the servers of an address, with what was tried so far. Nothing of a mailbox is saved by them.
create table mailbox_discovery (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  address    text not null,
  state      text not null check (state in ('pending', 'found', 'not-found')),
  tried      jsonb not null default '[]',
  found      jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create index mailbox_discovery_by_age on mailbox_discovery (tenant_id, created_at);
call wall('mailbox_discovery');

-- Leases due mailboxes to a node. Nobody else gets one before its lease ends.
create function claim_mailboxes(holder uuid, at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from mailbox_pull d
    where d.active and d.due_at <= now and (d.lease_until is null or d.lease_until <= now)
    order by d.due_at limit at_most for update skip locked)
  update mailbox_pull m set leased_by = holder, lease_until = now + lease
  from due where m.ctid = due.place
  returning m.tenant_id, m.mailbox_id;
end;

-- Prolongs what a node holds, and says what that still is.
create function extend_mailbox_leases(holder uuid, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  update mailbox_pull m set lease_until = now + lease
  where m.leased_by = holder and m.active
  returning m.tenant_id, m.mailbox_id;
end;

-- Those that nobody has read for too long and of which nobody was told yet.
create function stalled_mailboxes(before timestamptz, at_most int) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select m.tenant_id, m.mailbox_id from mailbox_pull m
  where m.active and m.stalled_at is null and m.last_success_at < before
  order by m.last_success_at limit at_most;
end;

-- How all mailboxes do, for health and metrics: figures, nobody's rows.
create function mailbox_figures() returns table (state text, mailboxes bigint, oldest_success timestamptz)
  language sql stable security definer set search_path = public
begin atomic
  select m.state, count(*), min(m.last_success_at) from mailbox_pull m where m.active group by m.state;
end;

revoke execute on function claim_mailboxes(uuid, int, interval, timestamptz), extend_mailbox_leases(uuid, interval, timestamptz),
  stalled_mailboxes(timestamptz, int), mailbox_figures() from public;
grant execute on function claim_mailboxes(uuid, int, interval, timestamptz), extend_mailbox_leases(uuid, interval, timestamptz),
  stalled_mailboxes(timestamptz, int), mailbox_figures() to ${appRole};

-- A mailbox is a way in and a way out.
alter table outbound_channel drop constraint outbound_channel_kind_check;
alter table outbound_channel add check (kind in ('relay', 'smtp', 'gmail'));
alter table outbound_channel add column mailbox_id uuid;
alter table outbound_channel add foreign key (tenant_id, mailbox_id) references mailbox;

alter table inbound_channel drop constraint inbound_channel_kind_check;
alter table inbound_channel add check (kind in ('forwarding-address', 'http', 'mailbox'));
alter table inbound_channel add column mailbox_id uuid;
alter table inbound_channel add foreign key (tenant_id, mailbox_id) references mailbox on delete set null (mailbox_id);

-- Only forwarding addresses are doors of ours: a mailbox's address is a door of somebody else, and two tenants may have keys to it.
drop index inbound_channel_address;
create unique index inbound_channel_address on inbound_channel (address) where kind = 'forwarding-address';
create or replace function channel_of_address(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select c.tenant_id, c.id from inbound_channel c where c.address = wanted and c.kind = 'forwarding-address';
end;

-- What was in a mailbox before it was connected is read without anybody being written to by itself.
alter table inbound_mail add column backlog boolean not null default false;
