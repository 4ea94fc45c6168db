-- A tenant's data on its way out or in: exports that can be fetched for a while, imports and how far they are.
create table archive (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  kind       text not null check (kind in ('export', 'import')),
  format     text not null check (format in ('posthorn', 'mbox', 'zendesk', 'freshdesk')),
  state      text not null check (state in ('pending', 'done', 'failed', 'expired')),
  channel_id uuid,
  sha256     bytea,
  size       bigint,
  imported   int not null default 0,
  known      int not null default 0,
  refused    int not null default 0,
  detail     text,
  attempts   int not null default 0,
  due_at     timestamptz not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create index archive_due on archive (due_at) where state = 'pending' or state = 'done' and expires_at is not null;
call wall('archive');

-- What was imported once is not imported again, whichever import brings it.
create table imported_item (
  tenant_id uuid not null references tenant on delete cascade,
  key       uuid not null,
  ticket_id uuid,
  primary key (tenant_id, key)
);
call wall('imported_item');

-- What could not be, item by item.
create table import_fault (
  tenant_id  uuid not null,
  archive_id uuid not null,
  number     int not null,
  item       text not null,
  detail     text not null,
  primary key (tenant_id, archive_id, number),
  foreign key (tenant_id, archive_id) references archive on delete cascade
);
call wall('import_fault');

create function claim_archives(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from archive d where d.state = 'pending' and d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update archive m set due_at = now + lease, attempts = m.attempts + 1
  from due where m.ctid = due.place
  returning m.tenant_id, m.id;
end;

create function expired_archives(at_most int, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select d.tenant_id, d.id from archive d where d.state = 'done' and d.expires_at <= now limit at_most;
end;
grant execute on function claim_archives, expired_archives to ${appRole};
