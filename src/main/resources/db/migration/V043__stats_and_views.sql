-- When tickets were first answered and when they ended: what figures of a span of time are counted by. A ticket that has just come is in
-- neither.
create index ticket_by_reaction on ticket (tenant_id, reacted_at) where reacted_at is not null;
create index ticket_by_end on ticket (tenant_id, ended_at) where ended_at is not null;

-- Lists of tickets as somebody wants to see them again.
create table saved_view (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  owner_id   uuid,
  shared     boolean not null,
  filters    jsonb not null,
  sort       text not null,
  columns    jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, owner_id) references agent on delete cascade,
  check (shared or owner_id is not null)
);
create index saved_view_of_agent on saved_view (tenant_id, owner_id, id);
call wall('saved_view');
