-- Rules: what happens to mail, asked in the order of their positions.
create table rule (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  position   int not null,
  enabled    boolean not null,
  team_id    uuid,
  queue_id   uuid,
  content    jsonb not null,
  stop       boolean not null,
  revision   int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references team,
  foreign key (tenant_id, queue_id) references queue
);
create index rule_in_order on rule (tenant_id, position, id);
call wall('rule');

-- Each state that a rule was ever saved in, kept when the rule is gone: explanations name it.
create table rule_revision (
  tenant_id uuid not null references tenant on delete cascade,
  rule_id   uuid not null,
  revision  int not null,
  name      text not null,
  position  int not null,
  enabled   boolean not null,
  team_id   uuid,
  queue_id  uuid,
  content   jsonb not null,
  stop      boolean not null,
  saved_at  timestamptz not null,
  primary key (tenant_id, rule_id, revision)
);
call wall('rule_revision');

-- What rules name: it is not deleted as long as a rule needs it. One of the ids is set.
create table rule_target (
  tenant_id          uuid not null references tenant on delete cascade,
  rule_id            uuid not null,
  number             int not null,
  team_id            uuid,
  queue_id           uuid,
  agent_id           uuid,
  priority_id        uuid,
  status_id          uuid,
  calendar_id        uuid,
  mailbox_id         uuid,
  inbound_channel_id uuid,
  primary key (tenant_id, rule_id, number),
  foreign key (tenant_id, rule_id) references rule,
  foreign key (tenant_id, team_id) references team,
  foreign key (tenant_id, queue_id) references queue,
  foreign key (tenant_id, agent_id) references agent,
  foreign key (tenant_id, priority_id) references priority,
  foreign key (tenant_id, status_id) references status,
  foreign key (tenant_id, calendar_id) references calendar,
  foreign key (tenant_id, mailbox_id) references mailbox,
  foreign key (tenant_id, inbound_channel_id) references inbound_channel
);
call wall('rule_target');

-- Who looks after a contact, whether they are very important, and whether the tenant has registered them.
alter table contact
  add column owner_id uuid,
  add column vip boolean not null default false,
  add column registered boolean not null default false,
  add foreign key (tenant_id, owner_id) references agent on delete set null (owner_id);
create index contact_owner on contact (tenant_id, owner_id) where owner_id is not null;

-- What was put on a ticket to find it by.
create table ticket_tag (
  tenant_id uuid not null,
  tag       text not null,
  ticket_id uuid not null,
  primary key (tenant_id, tag, ticket_id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
create index ticket_tag_of_ticket on ticket_tag (tenant_id, ticket_id, tag);
call wall('ticket_tag');
