-- Texts that are written once and used often; their {{variables}} are filled in when they are.
create table template (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  subject    text not null,
  body_html  text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index template_name on template (tenant_id, lower(name));
call wall('template');

-- How mail looks: of the whole tenant (its own id) or of a team (the team's).
create table mail_appearance (
  tenant_id        uuid not null references tenant on delete cascade,
  scope_id         uuid not null,
  header_html      text not null default '',
  footer_html      text not null default '',
  text_color       text,
  background_color text,
  accent_color     text,
  updated_at       timestamptz not null,
  version          bigint not null default 0,
  primary key (tenant_id, scope_id)
);
call wall('mail_appearance');

-- Up to which message an agent has seen a ticket. Ids are in the order of time.
create table message_seen (
  tenant_id  uuid not null,
  ticket_id  uuid not null,
  agent_id   uuid not null,
  message_id uuid not null,
  seen_at    timestamptz not null,
  primary key (tenant_id, ticket_id, agent_id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade,
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
call wall('message_seen');

-- Who writes an answer just now, as far as they say.
create table drafting (
  tenant_id uuid not null,
  ticket_id uuid not null,
  agent_id  uuid not null,
  since     timestamptz not null,
  until     timestamptz not null,
  primary key (tenant_id, ticket_id, agent_id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade,
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
call wall('drafting');

-- Which message was forwarded by this one, and when it may leave.
alter table message add column forward_of_id uuid, add column not_before timestamptz;
