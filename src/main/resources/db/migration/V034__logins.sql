-- People sign in: who they are at their provider, their sessions, who is invited, and whose domain lets its people in.

-- Who is not active gets in by nothing: no session, no key, no token.
alter table agent add column active boolean not null default true;

-- Who somebody is: the issuer and its subject, never an address.
create table login (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  agent_id   uuid not null,
  provider   text not null,
  issuer     text not null,
  subject    text not null,
  used_at    timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  constraint login_identity unique (tenant_id, issuer, subject),
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
create index login_of_agent on login (tenant_id, agent_id);
-- For finding the tenants of somebody, which looks across them.
create index login_of_person on login (issuer, subject);
call wall('login');

create table login_session (
  tenant_id       uuid not null,
  id              uuid not null,
  login_id        uuid not null,
  end_session_url text,
  expires_at      timestamptz not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, login_id) references login on delete cascade
);
create index login_session_of_login on login_session (tenant_id, login_id);
call wall('login_session');

create table invitation (
  tenant_id   uuid not null references tenant on delete cascade,
  id          uuid not null,
  email       text not null,
  name        text not null,
  role        text not null check (role in ('admin', 'lead', 'agent')),
  team_ids    jsonb not null,
  queue_ids   jsonb not null,
  token_hash  bytea not null,
  state       text not null check (state in ('pending', 'accepted')),
  agent_id    uuid,
  invited_by  text not null,
  expires_at  timestamptz not null,
  accepted_at timestamptz,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  version     bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
create unique index invitation_token on invitation (token_hash);
call wall('invitation');

-- Domains whose people join by signing in. Only those that the tenant has proven: by the key in their DNS.
create table sign_in_domain (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  domain     text not null,
  role       text not null check (role in ('lead', 'agent')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  constraint sign_in_domain_domain unique (tenant_id, domain),
  constraint sign_in_domain_proven foreign key (tenant_id, domain) references sending_domain (tenant_id, domain) on delete cascade
);
create index sign_in_domain_by_domain on sign_in_domain (domain);
call wall('sign_in_domain');

-- Which tenants somebody belongs to: a browser comes back from a provider without a key.
create function logins_of(wanted_issuer text, wanted_subject text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select l.tenant_id, l.id from login l join agent a on a.tenant_id = l.tenant_id and a.id = l.agent_id
  where l.issuer = wanted_issuer and l.subject = wanted_subject and a.active order by l.created_at limit 100;
end;

-- Whose invitation a link is.
create function invitation_of_token(wanted bytea) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select i.tenant_id, i.id from invitation i where i.token_hash = wanted;
end;

-- Which tenants let the people of a domain in. Only while its key is published: a domain changes hands.
create function sign_in_domains_of(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select d.tenant_id, d.id from sign_in_domain d join sending_domain s on s.tenant_id = d.tenant_id and s.domain = d.domain
  where d.domain = wanted and s.state = 'verified' order by d.created_at limit 20;
end;

-- Keys: what they are good for and until when, when they were last used, and the secret before a rotation.
alter table api_key
  add column scopes         jsonb,
  add column expires_at     timestamptz,
  add column used_at        timestamptz,
  add column previous_hash  bytea,
  add column previous_until timestamptz;

-- Whose key it is. The keys of an agent who is not active are nobody's.
create or replace function tenant_of_api_key(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select k.tenant_id, k.id from api_key k
  where k.key_id = wanted
    and not exists (select 1 from agent a where a.tenant_id = k.tenant_id and a.id = k.agent_id and not a.active);
end;

revoke execute on function logins_of(text, text), invitation_of_token(bytea), sign_in_domains_of(text) from public;
grant execute on function logins_of(text, text), invitation_of_token(bytea), sign_in_domains_of(text) to ${appRole};
