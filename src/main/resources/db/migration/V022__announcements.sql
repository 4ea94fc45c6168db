-- What providers were asked to tell us by themselves of new mail in a mailbox, and until when they do.
create table mailbox_announcement (
  tenant_id     uuid not null,
  mailbox_id    uuid not null,
  provider_id   text,
  state_hash    bytea,
  offered_hash  bytea,
  until         timestamptz,
  next_at       timestamptz not null,
  last_heard_at timestamptz,
  last_error    text,
  primary key (tenant_id, mailbox_id),
  foreign key (tenant_id, mailbox_id) references mailbox on delete cascade
);
-- For finding whose an announcement is, which looks across tenants.
create index mailbox_announcement_mailbox on mailbox_announcement (mailbox_id);
call wall('mailbox_announcement');

-- Something was announced since the mailbox was last looked at: it is due again as soon as nobody looks at it.
alter table mailbox_pull add column announced boolean not null default false;

-- Whose mailbox that is. Whoever asks has shown nothing yet: ids only.
create function announced_mailbox(wanted uuid) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select a.tenant_id, a.mailbox_id from mailbox_announcement a where a.mailbox_id = wanted;
end;

revoke execute on function announced_mailbox(uuid) from public;
grant execute on function announced_mailbox(uuid) to ${appRole};
