-- Who is there to be offered work, offers of tickets to agents, and why people were done with tickets.
alter table agent
  add column state text not null default 'offline' check (state in ('offline', 'available', 'rona')),
  add column state_since timestamptz,
  add column idle_since timestamptz,
  add column capacity int check (capacity > 0);

-- No time for offers: the queue's tickets are taken by hand.
alter table queue
  add column offer_timeout_seconds int check (offer_timeout_seconds between 5 and 86400),
  add column wrap_up_required boolean not null default false,
  add column transferable boolean not null default true;

alter table tenant add column transfer_targets text not null default 'queue' check (transfer_targets in ('queue', 'agent'));

create table offer (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  ticket_id  uuid not null,
  queue_id   uuid not null,
  agent_id   uuid not null,
  state      text not null check (state in ('pending', 'accepted', 'rejected', 'timed-out', 'withdrawn')),
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade,
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
-- A ticket is offered to one agent at a time.
create unique index offer_of_ticket on offer (tenant_id, ticket_id) where state = 'pending';
create index offer_of_agent on offer (tenant_id, agent_id, id) where state = 'pending';
create index offer_declined on offer (tenant_id, ticket_id, agent_id) where state = 'rejected';
call wall('offer');

-- Tickets that wait for somebody, the longest first.
create index ticket_waiting on ticket (tenant_id, queue_id, id) where assignee_id is null and status_kind in ('new', 'open');
create index ticket_load on ticket (tenant_id, assignee_id) where assignee_id is not null and status_kind in ('new', 'open');

-- Tenants whose offers are looked at: one row each once somebody was available.
create table offer_round (
  tenant_id uuid primary key references tenant on delete cascade,
  due_at    timestamptz
);
create index offer_round_due on offer_round (due_at) where due_at is not null;
call wall('offer_round');

-- Leases tenants whose round is due to a node.
create function claim_offer_rounds(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from offer_round d where d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update offer_round m set due_at = now + lease
  from due where m.ctid = due.place
  returning m.tenant_id, m.tenant_id;
end;
revoke execute on function claim_offer_rounds(int, interval, timestamptz) from public;
grant execute on function claim_offer_rounds(int, interval, timestamptz) to ${appRole};

create table wrap_up_code (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  active     boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index wrap_up_code_name on wrap_up_code (tenant_id, lower(name));
call wall('wrap_up_code');

create table wrap_up (
  tenant_id       uuid not null,
  id              uuid not null,
  ticket_id       uuid not null,
  queue_id        uuid not null,
  agent_id        uuid,
  wrap_up_code_id uuid not null,
  kind            text not null check (kind in ('transfer', 'closure')),
  at              timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade,
  foreign key (tenant_id, wrap_up_code_id) references wrap_up_code
);
create index wrap_up_by_time on wrap_up (tenant_id, at);
call wall('wrap_up');
