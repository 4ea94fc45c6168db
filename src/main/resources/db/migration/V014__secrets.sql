-- Secrets of tenants, sealed under a key from configuration, whose id stands beside them.
create table stored_secret (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  purpose    text not null,
  key_id     text not null,
  sealed     bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
-- For rotation, which looks across tenants.
create index stored_secret_by_key on stored_secret (key_id);
call wall('stored_secret');

-- What is to be sealed anew, after one of them: ids only.
create function secrets_under_older_keys(current_key text, after uuid, at_most int) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select s.tenant_id, s.id from stored_secret s where s.key_id <> current_key and (after is null or s.id > after) order by s.id limit at_most;
end;

-- The ids of the keys that are still needed. Nobody's rows.
create function secret_keys_in_use() returns setof text
  language sql stable security definer set search_path = public
begin atomic
  select distinct key_id from stored_secret order by 1;
end;

revoke execute on function secrets_under_older_keys(text, uuid, int), secret_keys_in_use() from public;
grant execute on function secrets_under_older_keys(text, uuid, int), secret_keys_in_use() to ${appRole};
