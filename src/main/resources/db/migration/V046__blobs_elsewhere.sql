-- Bytes may lie in a bucket in the end. They are written here first, with what they belong to, and moved later: then piece 0
-- stays without content and says where they are.
alter table blob add column object text;

-- What is to be moved.
create table blob_move (
  tenant_id uuid not null references tenant on delete cascade,
  sha256    bytea not null,
  attempts  int not null default 0,
  due_at    timestamptz not null,
  primary key (tenant_id, sha256)
);
create index blob_move_due on blob_move (due_at);
call wall('blob_move');

-- Objects in the bucket that no blob names: those of blobs that were deleted, and those of uploads whose end nobody wrote down.
-- They outlive their tenant.
create table blob_removal (
  tenant_id uuid not null,
  object    text not null,
  due_at    timestamptz not null,
  primary key (tenant_id, object)
);
create index blob_removal_due on blob_removal (due_at);
call wall('blob_removal');

-- Whoever deletes a blob, a tenant with all of its blobs too, need not know where its bytes are.
create function remove_object() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into blob_removal (tenant_id, object, due_at) values (old.tenant_id, old.object, now());
  return null;
end $$;
create trigger blob_object after delete on blob for each row when (old.object is not null) execute function remove_object();

create function claim_blob_moves(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, sha256 bytea)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from blob_move d
    where d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update blob_move m set due_at = now + lease, attempts = m.attempts + 1
  from due where m.ctid = due.place
  returning m.tenant_id, m.sha256;
end;

-- Those that are due since before the time until which deleted bytes are kept.
create function claim_blob_removals(at_most int, lease interval, before timestamptz) returns table (tenant_id uuid, object text)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from blob_removal d
    where d.due_at <= before
    order by d.due_at limit at_most for update skip locked)
  update blob_removal m set due_at = before + lease
  from due where m.ctid = due.place
  returning m.tenant_id, m.object;
end;

-- Where a bucket was named only later, what lies here already is to be moved too. Says how many it found.
create function queue_blob_moves(at_most int, due timestamptz) returns bigint
  language sql volatile security definer set search_path = public
begin atomic
  with added as (
    insert into blob_move (tenant_id, sha256, due_at)
    select b.tenant_id, b.sha256, due from blob b
    where b.piece = 0 and b.object is null
      and not exists (select from blob_move m where m.tenant_id = b.tenant_id and m.sha256 = b.sha256)
    limit at_most on conflict do nothing returning 1)
  select count(*) from added;
end;

revoke execute on function remove_object(), claim_blob_moves(int, interval, timestamptz), claim_blob_removals(int, interval, timestamptz),
  queue_blob_moves(int, timestamptz) from public;
grant execute on function claim_blob_moves(int, interval, timestamptz), claim_blob_removals(int, interval, timestamptz),
  queue_blob_moves(int, timestamptz) to ${appRole};
