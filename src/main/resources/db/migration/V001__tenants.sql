-- Tenants, and the wall between them.
--
-- The application connects as the role ${appRole}, which owns nothing and cannot bypass row-level security; migrations run
-- as the owner of the tables. Every table below holds tenant_id first in its key. A row is visible and writable only while
-- the transaction's setting posthorn.tenant names its tenant; without that setting there are no rows at all.

do $$
begin
  if not exists (select from pg_roles where rolname = '${appRole}') then
    raise exception 'The role ${appRole} is missing: create it with LOGIN and a password, then start again.';
  end if;
  if exists (select from pg_roles where rolname = '${appRole}' and (rolsuper or rolbypassrls)) then
    raise exception 'The role ${appRole} can bypass row-level security: take SUPERUSER and BYPASSRLS from it, then start again.';
  end if;
end $$;

grant usage on schema public to ${appRole};

create function current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('posthorn.tenant', true), '')::uuid;

-- Puts a table behind the wall: row-level security by tenant_id, and the application's rights on it.
create procedure wall(table_name regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('create policy own_tenant on %s using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', table_name);
  execute format('grant select, insert, update, delete on %s to ${appRole}', table_name);
end $$;

create table tenant (
  id                          uuid primary key,
  slug                        text not null unique,
  name                        text not null,
  locale                      text not null default 'en',
  time_zone                   text not null default 'UTC',
  default_outbound_channel_id uuid,
  created_at                  timestamptz not null,
  updated_at                  timestamptz not null,
  version                     bigint not null default 0
);
alter table tenant enable row level security;
create policy own_tenant on tenant using (id = current_tenant()) with check (id = current_tenant());
grant select, insert, update, delete on tenant to ${appRole};

-- The operator's list of tenants: ids only; each row is then read inside its own tenant.
create function tenant_ids(after uuid, at_most int) returns setof uuid
  language sql stable security definer set search_path = public
begin atomic
  select id from tenant where after is null or id > after order by id limit at_most;
end;

create table api_key (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  key_id     text not null unique,
  name       text not null,
  role       text not null check (role in ('admin', 'lead', 'agent')),
  agent_id   uuid,
  hash       bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
call wall('api_key');

-- Whose key it is, before anybody knows the tenant.
create function tenant_of_api_key(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select k.tenant_id, k.id from api_key k where k.key_id = wanted;
end;

-- Answers given to POST requests that carried an Idempotency-Key, kept for the time set in configuration.
create table idempotency (
  tenant_id    uuid not null references tenant on delete cascade,
  key          text not null,
  operation    text not null,
  request_hash bytea not null,
  status       int,
  location     text,
  body         text,
  created_at   timestamptz not null,
  primary key (tenant_id, key)
);
create index idempotency_by_age on idempotency (tenant_id, created_at);
call wall('idempotency');
