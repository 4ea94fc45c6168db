-- Claiming by the rows that were locked. The query that finds due rows runs once, whatever plan the update gets: as an
-- ordinary subquery it could be the inner side of a nested loop, and was then run again for every row outside.
create or replace function claim_inbound_mail(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from inbound_mail d
    where d.state = 'pending' and d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update inbound_mail m set due_at = now + lease, attempts = m.attempts + 1
  from due where m.ctid = due.place
  returning m.tenant_id, m.id;
end;

create or replace function claim_outbound_mail(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from outbound_mail d
    where d.state in ('queued', 'deferred') and d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update outbound_mail m set due_at = now + lease, attempts = m.attempts + 1
  from due where m.ctid = due.place
  returning m.tenant_id, m.id;
end;

-- Answers to the operator's POST requests that carried an Idempotency-Key: the operator belongs to no tenant.
create table operator_idempotency (
  key          text primary key,
  operation    text not null,
  request_hash bytea not null,
  status       int,
  location     text,
  body         text,
  created_at   timestamptz not null
);
create index operator_idempotency_by_age on operator_idempotency (created_at);
grant select, insert, update, delete on operator_idempotency to ${appRole};

-- What looks across tenants is for the application alone, not for every role that may connect.
do $$
declare
  routine regprocedure;
begin
  for routine in select oid from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' and proowner = current_user::regrole loop
    execute format('revoke execute on function %s from public', routine);
    execute format('grant execute on function %s to ${appRole}', routine);
  end loop;
end $$;
alter default privileges in schema public revoke execute on functions from public;
alter default privileges revoke execute on functions from public;
