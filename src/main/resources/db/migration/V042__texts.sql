-- Text messages: accounts at gateways, what leaves by them, what came in, and in which ticket a conversation goes on.
alter table inbound_channel drop constraint inbound_channel_kind_check;
alter table inbound_channel add check (kind in ('forwarding-address', 'http', 'mailbox', 'text'));

create table text_account (
  tenant_id          uuid not null references tenant on delete cascade,
  id                 uuid not null,
  name               text not null,
  number             text not null,
  team_id            uuid not null,
  inbound_channel_id uuid not null,
  gateway_url        text not null,
  secret_id          uuid not null,
  active             boolean not null,
  last_success_at    timestamptz,
  last_error         text,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  version            bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references team,
  foreign key (tenant_id, inbound_channel_id) references inbound_channel
);
create unique index text_account_name on text_account (tenant_id, lower(name));
create unique index text_account_number on text_account (tenant_id, number);
create unique index text_account_of_channel on text_account (tenant_id, inbound_channel_id);
call wall('text_account');

-- What leaves. Its words are here only until it has left: then they stand in the message alone.
create table outbound_text (
  tenant_id    uuid not null references tenant on delete cascade,
  id           uuid not null,
  account_id   uuid not null,
  number       text not null,
  text         text,
  segments     int not null,
  state        text not null check (state in ('queued', 'deferred', 'sent', 'delivered', 'failed')),
  attempts     int not null default 0,
  doubtful     boolean not null default false,
  last_error   text,
  due_at       timestamptz not null,
  not_before   timestamptz,
  attempted_at timestamptz,
  sent_at      timestamptz,
  delivered_at timestamptz,
  created_at   timestamptz not null,
  primary key (tenant_id, id)
);
create index outbound_text_due on outbound_text (due_at) where state in ('queued', 'deferred');
call wall('outbound_text');

create function claim_outbound_texts(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select t.ctid as place from outbound_text t
    where t.state in ('queued', 'deferred') and t.due_at <= now
    order by t.due_at limit at_most for update skip locked)
  update outbound_text t set due_at = now + lease, attempts = t.attempts + 1
  from due where t.ctid = due.place
  returning t.tenant_id, t.id;
end;
grant execute on function claim_outbound_texts to ${appRole};

-- What came in, once, whatever the gateway repeats.
create table inbound_text (
  tenant_id   uuid not null references tenant on delete cascade,
  id          uuid not null,
  channel_id  uuid not null,
  source_key  text not null,
  ticket_id   uuid,
  message_id  uuid,
  received_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, channel_id, source_key),
  foreign key (tenant_id, channel_id) references inbound_channel
);
call wall('inbound_text');

-- In which ticket the conversation with a number goes on.
create table text_thread (
  tenant_id  uuid not null,
  channel_id uuid not null,
  number     text not null,
  ticket_id  uuid not null,
  updated_at timestamptz not null,
  primary key (tenant_id, channel_id, number),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
create index text_thread_of_ticket on text_thread (tenant_id, ticket_id);
call wall('text_thread');

alter table message drop constraint message_channel_check;
alter table message add check (channel in ('email', 'text'));
alter table message add column inbound_text_id uuid, add column outbound_text_id uuid;
create index message_of_outbound_text on message (tenant_id, outbound_text_id) where outbound_text_id is not null;
