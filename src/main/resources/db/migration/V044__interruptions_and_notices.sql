-- A ticket whose way in was deleted: nothing is sent in it until somebody says how it goes on.
alter table ticket add column interrupted_at timestamptz, add column interrupted_by text;
create index ticket_interrupted on ticket (tenant_id, id) where interrupted_at is not null;

-- Agents who want to be told by mail.
create table notice_wish (
  tenant_id  uuid not null,
  agent_id   uuid not null,
  updated_at timestamptz not null,
  primary key (tenant_id, agent_id),
  foreign key (tenant_id, agent_id) references agent on delete cascade
);
call wall('notice_wish');

-- Up to which event a tenant's notices were made.
create table notice_round (
  tenant_id uuid primary key references tenant on delete cascade,
  tx        bigint not null,
  event_id  uuid not null,
  due_at    timestamptz not null
);
create index notice_round_due on notice_round (due_at);
call wall('notice_round');

-- What somebody is told: each event once to each.
create table notice (
  tenant_id        uuid not null,
  agent_id         uuid not null,
  event_id         uuid not null,
  ticket_id        uuid not null,
  kind             text not null,
  state            text not null check (state in ('pending', 'sent', 'dropped')),
  outbound_mail_id uuid,
  created_at       timestamptz not null,
  primary key (tenant_id, agent_id, event_id),
  foreign key (tenant_id, agent_id) references agent on delete cascade,
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
create index notice_pending on notice (tenant_id, agent_id, created_at) where state = 'pending';
create index notice_by_age on notice (tenant_id, created_at);
call wall('notice');

-- Tenants with news for somebody, or with notices that have waited long enough.
create function claim_notice_rounds(at_most int, lease interval, now timestamptz, written_before timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select r.ctid as place from notice_round r
    where r.due_at <= now
      and (exists (select from event e where e.tenant_id = r.tenant_id and (e.tx, e.id) > (r.tx, r.event_id)
          and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
        or exists (select from notice n where n.tenant_id = r.tenant_id and n.state = 'pending' and n.created_at <= written_before))
    order by r.due_at limit at_most for update skip locked)
  update notice_round r set due_at = now + lease from due where r.ctid = due.place returning r.tenant_id, r.tenant_id;
end;
grant execute on function claim_notice_rounds to ${appRole};
