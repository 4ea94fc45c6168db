create table contact (
  tenant_id   uuid not null references tenant on delete cascade,
  id          uuid not null,
  name        text not null,
  type        text,
  language    text,
  external_id text,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  version     bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index contact_external_id on contact (tenant_id, external_id) where external_id is not null;
call wall('contact');

create table contact_email (
  tenant_id  uuid not null,
  address    text not null,
  contact_id uuid not null,
  position   int not null,
  primary key (tenant_id, address),
  foreign key (tenant_id, contact_id) references contact on delete cascade
);
create index contact_email_of_contact on contact_email (tenant_id, contact_id);
call wall('contact_email');

create table priority (
  tenant_id          uuid not null references tenant on delete cascade,
  id                 uuid not null,
  name               text not null,
  rank               int not null,
  is_default         boolean not null default false,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  version            bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index priority_name on priority (tenant_id, lower(name));
call wall('priority');

create table status (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  kind       text not null check (kind in ('new', 'open', 'waiting', 'solved', 'closed')),
  position   int not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index status_name on status (tenant_id, name);
call wall('status');

-- The next ticket number. One row per tenant, touched once per transaction that files mails.
create table ticket_counter (
  tenant_id   uuid primary key references tenant on delete cascade,
  last_number bigint not null default 0
);
call wall('ticket_counter');

create table ticket (
  tenant_id          uuid not null references tenant on delete cascade,
  id                 uuid not null,
  number             bigint not null,
  subject            text not null,
  status             text not null,
  status_kind        text not null,
  priority_id        uuid not null,
  queue_id           uuid not null,
  team_id            uuid not null,
  assignee_id        uuid,
  contact_id         uuid not null,
  inbound_channel_id uuid not null,
  claims_ticket_id   uuid,
  last_message_at    timestamptz not null,
  unanswered         boolean not null,
  closed_at          timestamptz,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  version            bigint not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, status) references status (tenant_id, name),
  foreign key (tenant_id, priority_id) references priority,
  foreign key (tenant_id, queue_id) references queue,
  foreign key (tenant_id, team_id) references team,
  foreign key (tenant_id, assignee_id) references agent,
  foreign key (tenant_id, contact_id) references contact,
  foreign key (tenant_id, inbound_channel_id) references inbound_channel
);
create index ticket_by_queue on ticket (tenant_id, queue_id, id);
create index ticket_by_contact on ticket (tenant_id, contact_id, id);
create index ticket_by_assignee on ticket (tenant_id, assignee_id, id) where assignee_id is not null;
create index ticket_by_status on ticket (tenant_id, status, id);
create index ticket_unanswered on ticket (tenant_id, id) where unanswered;
call wall('ticket');

create table participant (
  tenant_id  uuid not null,
  ticket_id  uuid not null,
  address    text not null,
  name       text not null,
  role       text not null check (role in ('requester', 'participant', 'hidden')),
  contact_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, ticket_id, address),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
call wall('participant');

create table message (
  tenant_id        uuid not null,
  id               uuid not null,
  ticket_id        uuid not null,
  direction        text not null check (direction in ('inbound', 'outbound')),
  channel          text not null check (channel in ('email')),
  from_name        text not null,
  from_address     text not null,
  parties          jsonb not null,
  subject          text not null,
  message_id       text,
  in_reply_to      jsonb not null default '[]',
  refs             jsonb not null default '[]',
  sent_at          timestamptz,
  received_at      timestamptz not null,
  text             text not null,
  html             text,
  new_text         text not null,
  flaws            jsonb not null default '[]',
  contact_id       uuid,
  agent_id         uuid,
  sha256           bytea not null,
  size             bigint not null,
  inbound_mail_id  uuid,
  outbound_mail_id uuid,
  placed_by        text,
  channel_chosen_by text,
  created_at       timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
create index message_of_ticket on message (tenant_id, ticket_id, id);
-- One inbound mail is one message, whoever files it and however often it is tried.
create unique index message_of_inbound_mail on message (tenant_id, inbound_mail_id) where inbound_mail_id is not null;
create index message_of_outbound_mail on message (tenant_id, outbound_mail_id) where outbound_mail_id is not null;
call wall('message');

-- Which tickets a Message-ID belongs to: ids of our messages, and ids those messages refer to. The id is hashed (first 16
-- bytes of its SHA-256), for a stranger decides how long it is.
create table thread_ref (
  tenant_id  uuid not null,
  ref        uuid not null,
  ticket_id  uuid not null,
  own        boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, ref, ticket_id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
create index thread_ref_of_ticket on thread_ref (tenant_id, ticket_id);
call wall('thread_ref');

create table attachment (
  tenant_id    uuid not null,
  id           uuid not null,
  message_id   uuid not null,
  position     int not null,
  name         text not null,
  content_type text not null,
  size         bigint not null,
  sha256       bytea not null,
  inline       boolean not null,
  content_id   text,
  path         text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references message on delete cascade
);
create index attachment_of_message on attachment (tenant_id, message_id, position);
call wall('attachment');

create table comment (
  tenant_id  uuid not null,
  id         uuid not null,
  ticket_id  uuid not null,
  agent_id   uuid,
  text       text not null,
  html       text,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade,
  foreign key (tenant_id, agent_id) references agent
);
create index comment_of_ticket on comment (tenant_id, ticket_id, id);
call wall('comment');

-- Bytes brought by an agent, waiting to go out with a reply.
create table upload (
  tenant_id    uuid not null references tenant on delete cascade,
  id           uuid not null,
  name         text not null,
  content_type text not null,
  size         bigint not null,
  sha256       bytea not null,
  created_at   timestamptz not null,
  primary key (tenant_id, id)
);
call wall('upload');
