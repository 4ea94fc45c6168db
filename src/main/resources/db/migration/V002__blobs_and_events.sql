-- Bytes by SHA-256, in pieces; small ones are one row. Piece 0 also holds the whole size.
create table blob (
  tenant_id  uuid not null references tenant on delete cascade,
  sha256     bytea not null,
  piece      int not null,
  size       bigint not null,
  content    bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, sha256, piece)
);
alter table blob alter column content set storage external;
call wall('blob');

-- The journal of what happened. A row is written in the transaction that did it, and never changed.
create table event (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  kind       text not null,
  ticket_id  uuid,
  actor_kind text not null,
  actor_id   uuid,
  data       jsonb not null default '{}',
  at         timestamptz not null,
  primary key (tenant_id, id)
);
create index event_of_ticket on event (tenant_id, ticket_id, id);
call wall('event');
