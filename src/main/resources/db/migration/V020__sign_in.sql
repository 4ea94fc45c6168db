-- Mailboxes by sign-in at their provider: Microsoft 365 by Graph, Gmail by its API.
alter table mailbox drop constraint mailbox_kind_check;
alter table mailbox add check (kind in ('imap', 'gmail', 'microsoft365', 'gmail-api'));
alter table outbound_channel drop constraint outbound_channel_kind_check;
alter table outbound_channel add check (kind in ('relay', 'smtp', 'gmail', 'microsoft365', 'gmail-api'));

-- What lets us into such a mailbox, beside its sealed tokens (mailbox.secret_id), and which node is refreshing them.
create table mailbox_grant (
  tenant_id    uuid not null,
  mailbox_id   uuid not null,
  mode         text not null check (mode in ('delegated', 'application', 'service-account')),
  directory    text not null,
  subject      text,
  signed_in_as text,
  provider_user text not null,
  expires_at   timestamptz,
  generation   bigint not null default 0,
  leased_by    uuid,
  lease_until  timestamptz,
  not_before   timestamptz,
  dead_code    text,
  dead_words   text,
  dead_remedy  text,
  died_at      timestamptz,
  granted_at   timestamptz not null,
  refreshed_at timestamptz not null,
  primary key (tenant_id, mailbox_id),
  foreign key (tenant_id, mailbox_id) references mailbox on delete cascade
);
-- For finding those that nobody uses, which looks across tenants.
create index mailbox_grant_unused on mailbox_grant (refreshed_at) where dead_code is null;
call wall('mailbox_grant');

-- Sign-ins under way, and what became of them.
create table mailbox_authorization (
  tenant_id    uuid not null references tenant on delete cascade,
  id           uuid not null,
  state_hash   bytea not null,
  key_id       text not null,
  kind         text not null check (kind in ('microsoft365', 'gmail-api')),
  mode         text not null check (mode in ('delegated', 'application')),
  mailbox_id   uuid,
  address      text,
  wish         jsonb not null,
  return_to    text not null,
  nonce        text not null,
  secret_id    uuid,
  directory    text,
  outcome      text not null check (outcome in ('pending', 'connected', 'refused', 'failed')),
  problem      text,
  detail       text,
  remedy       text,
  used_at      timestamptz,
  expires_at   timestamptz not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, secret_id) references stored_secret
);
create unique index mailbox_authorization_state on mailbox_authorization (state_hash);
create index mailbox_authorization_by_age on mailbox_authorization (tenant_id, created_at);
call wall('mailbox_authorization');

-- Directories whose administrator has consented. Each is one tenant's: whoever else names it has not been let in.
create table directory_consent (
  tenant_id  uuid not null references tenant on delete cascade,
  directory  text not null,
  granted_at timestamptz not null,
  primary key (tenant_id, directory)
);
create unique index directory_consent_directory on directory_consent (directory);
call wall('directory_consent');

-- Whose sign-in a state is: a browser comes back without a key.
create function authorization_of_state(wanted bytea) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select a.tenant_id, a.id from mailbox_authorization a where a.state_hash = wanted;
end;

-- Grants that nobody has used for long: ids only.
create function unused_grants(before timestamptz, at_most int) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select g.tenant_id, g.mailbox_id from mailbox_grant g
  where g.dead_code is null and g.refreshed_at < before order by g.refreshed_at limit at_most;
end;

revoke execute on function authorization_of_state(bytea), unused_grants(timestamptz, int) from public;
grant execute on function authorization_of_state(bytea), unused_grants(timestamptz, int) to ${appRole};
