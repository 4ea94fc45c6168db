-- How far an import is, so that it goes on there; and when it had its last turn: the tenant that waits longest is next.
alter table archive
  add column position   int not null default 0,
  add column inflated   bigint not null default 0,
  add column claimed_at timestamptz;
create index archive_turn on archive (tenant_id, claimed_at);

create or replace function claim_archives(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with due as materialized (
    select d.ctid as place from archive d where d.state = 'pending' and d.due_at <= now
    order by (select max(o.claimed_at) from archive o where o.tenant_id = d.tenant_id) nulls first, d.due_at, d.id limit at_most for update of d skip locked)
  update archive m set due_at = now + lease, attempts = m.attempts + 1, claimed_at = now
  from due where m.ctid = due.place
  returning m.tenant_id, m.id;
end;
