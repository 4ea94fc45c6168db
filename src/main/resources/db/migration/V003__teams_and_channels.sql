create table agent (
  tenant_id      uuid not null references tenant on delete cascade,
  id             uuid not null,
  name           text not null,
  email          text not null,
  role           text not null check (role in ('admin', 'lead', 'agent')),
  signature_html text not null default '',
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  version        bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index agent_email on agent (tenant_id, lower(email));
call wall('agent');

alter table api_key add foreign key (tenant_id, agent_id) references agent on delete cascade;

create table team (
  tenant_id         uuid not null references tenant on delete cascade,
  id                uuid not null,
  name              text not null,
  display_name      text not null,
  email_hub_enabled boolean not null default true,
  join_open_ticket  boolean not null default false,
  sender_address_id uuid,
  default_queue_id  uuid,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  version           bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index team_name on team (tenant_id, lower(name));
call wall('team');

create table team_member (
  tenant_id uuid not null,
  team_id   uuid not null,
  agent_id  uuid not null,
  lead      boolean not null default false,
  primary key (tenant_id, team_id, agent_id),
  foreign key (tenant_id, team_id) references team on delete cascade,
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
create index team_member_by_agent on team_member (tenant_id, agent_id);
call wall('team_member');

-- Every address ever issued to a team. Rows are never deleted while the tenant lives: each routes to its team for ever.
create table forwarding_address (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  team_id    uuid not null,
  address    text not null unique,
  active     boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references team
);
create index forwarding_address_of_team on forwarding_address (tenant_id, team_id, id);
call wall('forwarding_address');

-- Outlives tenants, so that an address is never issued to anybody else. Holds nothing but the fact.
create table issued_address (
  address text primary key
);

-- Takes an address for ever; false when it was ever taken before.
create function issue_address(wanted text) returns boolean
  language plpgsql security definer set search_path = public as $$
begin
  insert into issued_address values (wanted) on conflict do nothing;
  return found;
end $$;

create table queue (
  tenant_id    uuid not null references tenant on delete cascade,
  id           uuid not null,
  name         text not null,
  color        text not null,
  team_id      uuid,
  reply_via_id uuid,
  position     int not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  version      bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references team
);
create unique index queue_name on queue (tenant_id, lower(name));
call wall('queue');

alter table team add foreign key (tenant_id, sender_address_id) references forwarding_address;
alter table team add foreign key (tenant_id, default_queue_id) references queue;

create table queue_agent (
  tenant_id uuid not null,
  queue_id  uuid not null,
  agent_id  uuid not null,
  primary key (tenant_id, queue_id, agent_id),
  foreign key (tenant_id, queue_id) references queue on delete cascade,
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
create index queue_agent_by_agent on queue_agent (tenant_id, agent_id);
call wall('queue_agent');

create table outbound_channel (
  tenant_id    uuid not null references tenant on delete cascade,
  id           uuid not null,
  kind         text not null check (kind in ('relay')),
  name         text not null,
  from_address text,
  display_name text,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  version      bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index outbound_channel_name on outbound_channel (tenant_id, lower(name));
call wall('outbound_channel');

alter table tenant add foreign key (id, default_outbound_channel_id) references outbound_channel;
alter table queue add foreign key (tenant_id, reply_via_id) references outbound_channel;

create table inbound_channel (
  tenant_id    uuid not null references tenant on delete cascade,
  id           uuid not null,
  kind         text not null check (kind in ('forwarding-address', 'http')),
  name         text not null,
  color        text not null,
  address      text,
  team_id      uuid not null,
  queue_id     uuid,
  reply_via_id uuid,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  version      bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references team,
  foreign key (tenant_id, queue_id) references queue,
  foreign key (tenant_id, reply_via_id) references outbound_channel
);
create unique index inbound_channel_address on inbound_channel (address) where address is not null;
call wall('inbound_channel');

-- Which door an address opens, before anybody knows the tenant.
create function channel_of_address(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select c.tenant_id, c.id from inbound_channel c where c.address = wanted;
end;
