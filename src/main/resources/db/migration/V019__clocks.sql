-- Business hours, the three times of a priority, and how a ticket's clocks stand.
create table calendar (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  time_zone  text not null,
  hours      jsonb not null,
  holidays   jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index calendar_name on calendar (tenant_id, lower(name));
call wall('calendar');

alter table priority
  add column reaction_minutes int check (reaction_minutes > 0),
  add column alarm_minutes int check (alarm_minutes > 0),
  add column completion_minutes int check (completion_minutes > 0),
  add column calendar_id uuid,
  add foreign key (tenant_id, calendar_id) references calendar;

-- The facts are reacted_at, pauses and ended_at; the rest is read from them, kept to be found by, and read again at clock_at.
alter table ticket
  add column reacted_at timestamptz,
  add column pauses jsonb not null default '[]',
  add column ended_at timestamptz,
  add column reaction_state text,
  add column completion_state text,
  add column clock_at timestamptz;
create index ticket_clock on ticket (clock_at) where clock_at is not null;
create index ticket_reaction on ticket (tenant_id, reaction_state, id) where reaction_state is not null;
create index ticket_completion on ticket (tenant_id, completion_state, id) where completion_state is not null;

-- Whose clocks are to be looked at, longest due first, over all tenants.
create function due_ticket_clocks(at_most int, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select t.tenant_id, t.id from ticket t where t.clock_at <= now order by t.clock_at limit at_most;
end;
grant execute on function due_ticket_clocks to ${appRole};
