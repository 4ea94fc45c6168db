-- Who did what to which resource, when, from where: neither content nor secrets. The nil UUID stands for the platform itself,
-- whose operator belongs to no tenant. The application adds and reads; it may neither change nor delete.
create table audit_record (
  tenant_id      uuid not null,
  id             uuid not null,
  at             timestamptz not null,
  role           text not null,
  agent_id       uuid,
  contact_id     uuid,
  key_id         text not null,
  request_id     uuid not null,
  remote_address text not null,
  action         text not null,
  resource       text not null,
  detail         text,
  primary key (tenant_id, id)
);

-- The chain: each link holds the hash of the one before. Written after the records, so that no write waits for another one.
create table audit_seal (
  tenant_id uuid not null,
  sequence  bigint not null,
  record_id uuid not null,
  previous  bytea not null,
  hash      bytea not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, sequence),
  unique (tenant_id, record_id)
);

-- What the chain does not hold yet.
create table audit_unsealed (
  tenant_id uuid not null,
  record_id uuid not null,
  primary key (tenant_id, record_id)
);

do $$
declare
  walled text;
begin
  foreach walled in array array['audit_record', 'audit_seal', 'audit_unsealed'] loop
    execute format('alter table %s enable row level security', walled);
    execute format('create policy own_tenant on %s using (tenant_id = coalesce(current_tenant(), %L)) with check (tenant_id = coalesce(current_tenant(), %L))',
      walled, '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000');
  end loop;
end $$;
grant select, insert on audit_record, audit_seal to ${appRole};
grant select, insert, delete on audit_unsealed to ${appRole};

-- Whose records wait for the chain.
create function tenants_with_unsealed_audit(at_most int) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select distinct u.tenant_id, u.tenant_id from audit_unsealed u limit at_most;
end;
grant execute on function tenants_with_unsealed_audit to ${appRole};

-- A tenant that is erased leaves no audit of its own; that it was erased stands in the platform's.
create function forget_audit() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from audit_unsealed where tenant_id = old.id;
  delete from audit_seal where tenant_id = old.id;
  delete from audit_record where tenant_id = old.id;
  return null;
end $$;
create trigger forget_audit after delete on tenant for each row execute function forget_audit();
