-- Mails that were deleted with their ticket, as hashes of what made them the same mail: they do not come back.
create table deleted_mail (
  tenant_id  uuid not null references tenant on delete cascade,
  ref        uuid not null,
  deleted_at timestamptz not null,
  primary key (tenant_id, ref)
);
call wall('deleted_mail');

-- The original is not kept any more; that the mail came or left, and what became of it, is.
alter table inbound_mail add column raw_gone_at timestamptz;
alter table outbound_mail add column raw_gone_at timestamptz;
alter table message add column raw_gone_at timestamptz;

-- Mails that made no message of their own and yet belong to a ticket: few.
create index inbound_mail_beside on inbound_mail (tenant_id, ticket_id)
  where state in ('echo', 'bounce') or reason = 'already-filed';

-- Tickets that name another one, which may be deleted: few.
create index ticket_claims on ticket (tenant_id, claims_ticket_id) where claims_ticket_id is not null;
create index ticket_follows on ticket (tenant_id, follows_ticket_id) where follows_ticket_id is not null;

-- How long a tenant keeps what; null for ever.
create table retention (
  tenant_id          uuid primary key references tenant on delete cascade,
  closed_ticket_days int check (closed_ticket_days > 0),
  raw_mail_days      int check (raw_mail_days > 0),
  quarantine_days    int check (quarantine_days > 0),
  ignored_mail_days  int check (ignored_mail_days > 0),
  due_at             timestamptz not null,
  updated_at         timestamptz not null,
  version            bigint not null default 0
);
create index retention_due on retention (due_at);
call wall('retention');

create function claim_retention(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from retention d where d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update retention m set due_at = now + lease
  from due where m.ctid = due.place
  returning m.tenant_id, m.tenant_id;
end;

-- Contacts that are forgotten, and how far that is. Holds nothing of them but the id that they had.
create table erasure (
  tenant_id   uuid not null references tenant on delete cascade,
  id          uuid not null,
  contact_id  uuid not null,
  state       text not null check (state in ('pending', 'sweeping', 'done')),
  tickets     int not null default 0,
  messages    int not null default 0,
  mails       int not null default 0,
  due_at      timestamptz not null,
  created_at  timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id)
);
create index erasure_due on erasure (due_at) where state <> 'done';
call wall('erasure');

create function claim_erasures(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from erasure d where d.state <> 'done' and d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update erasure m set due_at = now + lease
  from due where m.ctid = due.place
  returning m.tenant_id, m.id;
end;

-- When a tenant's bytes were last looked through for what nothing names any more; and since when it is being erased.
alter table tenant add column swept_at timestamptz, add column erased_at timestamptz;
create index tenant_erased on tenant (erased_at) where erased_at is not null;

create function claim_blob_sweeps(at_most int, before timestamptz, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from tenant d where (d.swept_at is null or d.swept_at < before) and d.erased_at is null
    order by d.swept_at nulls first limit at_most for no key update skip locked)
  update tenant m set swept_at = now
  from due where m.ctid = due.place
  returning m.id, m.id;
end;

create function tenants_being_erased(at_most int) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select t.id, t.id from tenant t where t.erased_at is not null order by t.erased_at limit at_most;
end;

-- A tenant that is being erased is gone for everybody who asks.
create or replace function tenant_ids(after uuid, at_most int) returns setof uuid
  language sql stable security definer set search_path = public
begin atomic
  select id from tenant where (after is null or id > after) and erased_at is null order by id limit at_most;
end;

create or replace function tenant_count() returns bigint
  language sql stable security definer set search_path = public
begin atomic
  select count(*) from tenant where erased_at is null;
end;

create or replace function channel_of_address(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select c.tenant_id, c.id from inbound_channel c
  where c.address = wanted and c.kind = 'forwarding-address'
    and not exists (select from tenant t where t.id = c.tenant_id and t.erased_at is not null);
end;

grant execute on function claim_retention, claim_erasures, claim_blob_sweeps, tenants_being_erased to ${appRole};
