-- How often a program may speak to somebody, or somebody's programs may open tickets, before it is stopped.
create table budget (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  kind       text not null check (kind in ('loop', 'confirmation')),
  key        text not null,
  channel_id uuid,
  address    text,
  subject    text,
  ticket_id  uuid,
  since      timestamptz not null,
  spent      int not null,
  last_at    timestamptz not null,
  opened_at  timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, kind, key)
);
create index budget_by_age on budget (tenant_id, last_at) where opened_at is null;
create index budget_open on budget (tenant_id, id) where opened_at is not null;
call wall('budget');
