-- The order in which events are told: that of the transactions that wrote them, and within one that of their ids. An id alone is
-- made before the commit, so a later one may be seen first. Whoever reads only what is older than every running transaction
-- misses nothing.
alter table event add column tx bigint not null default (pg_current_xact_id()::text::bigint);
create index event_told on event (tenant_id, tx, id);

create table webhook (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  url        text not null,
  events     jsonb not null,
  active     boolean not null,
  secret_id  uuid not null,
  -- What was told last, or at least looked at.
  tx         bigint not null,
  event_id   uuid not null,
  due_at     timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id)
);
create index webhook_due on webhook (due_at) where active;
call wall('webhook');

create table webhook_delivery (
  tenant_id   uuid not null,
  id          uuid not null,
  webhook_id  uuid not null,
  event_id    uuid not null,
  state       text not null check (state in ('pending', 'delivered', 'failed')),
  attempts    int not null default 0,
  due_at      timestamptz not null,
  last_at     timestamptz,
  last_status int,
  last_error  text,
  created_at  timestamptz not null,
  version     bigint not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, webhook_id, event_id),
  foreign key (tenant_id, webhook_id) references webhook on delete cascade
);
create index webhook_delivery_due on webhook_delivery (due_at) where state = 'pending';
create index webhook_delivery_of_webhook on webhook_delivery (tenant_id, webhook_id, id);
call wall('webhook_delivery');

-- Webhooks whose tenant has news that they were not asked about yet.
create function claim_webhooks(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select w.ctid from webhook w
    where w.active and w.due_at <= now
      and exists (select from event e where e.tenant_id = w.tenant_id and (e.tx, e.id) > (w.tx, w.event_id)
        and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
    order by w.due_at limit at_most for update skip locked)
  update webhook w set due_at = now + lease from due where w.ctid = due.ctid returning w.tenant_id, w.id;
end;

create function claim_webhook_deliveries(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid from webhook_delivery d join webhook w on w.tenant_id = d.tenant_id and w.id = d.webhook_id and w.active
    where d.state = 'pending' and d.due_at <= now order by d.due_at limit at_most for update of d skip locked)
  update webhook_delivery d set due_at = now + lease from due where d.ctid = due.ctid returning d.tenant_id, d.id;
end;
grant execute on function claim_webhooks, claim_webhook_deliveries to ${appRole};
