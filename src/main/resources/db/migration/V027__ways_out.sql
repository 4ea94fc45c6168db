-- SMTP servers of tenants' own that belong to no mailbox, and where answers to what leaves by a channel come in.
alter table outbound_channel
  add column host text,
  add column port int check (port between 1 and 65535),
  add column security text check (security in ('tls', 'starttls', 'none')),
  add column username text,
  add column secret_id uuid,
  add column answers_to text check (answers_to in ('team', 'address', 'signed-address')),
  add foreign key (tenant_id, secret_id) references stored_secret,
  add check ((host is null) = (port is null) and (host is null) = (security is null) and (host is null or mailbox_id is null));

-- By which channel a team answers where neither its queue nor the way in says so.
alter table team add column reply_via_id uuid, add column signature_html text not null default '';
alter table team add foreign key (tenant_id, reply_via_id) references outbound_channel;

-- Domains of tenants' own that our signature stands for, each with the key that signs now and the one that shall.
create table sending_domain (
  tenant_id        uuid not null references tenant on delete cascade,
  id               uuid not null,
  domain           text not null,
  state            text not null check (state in ('pending', 'verified', 'failing')),
  selector         text not null,
  public_key       text not null,
  secret_id        uuid not null,
  next_selector    text,
  next_public_key  text,
  next_secret_id   uuid,
  retired_selector text,
  checked_at       timestamptz,
  last_words       text,
  due_at           timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  version          bigint not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, domain),
  foreign key (tenant_id, secret_id) references stored_secret,
  foreign key (tenant_id, next_secret_id) references stored_secret
);
create index sending_domain_due on sending_domain (due_at) where due_at is not null;
call wall('sending_domain');

-- Whose records are to be looked at again, longest due first: nobody else gets one before its lease ends.
create function claim_sending_domains(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from sending_domain d where d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update sending_domain m set due_at = now + lease
  from due where m.ctid = due.place
  returning m.tenant_id, m.id;
end;
revoke execute on function claim_sending_domains(int, interval, timestamptz) from public;
grant execute on function claim_sending_domains(int, interval, timestamptz) to ${appRole};

-- Mail that is to leave at some time, or that may be taken back for a while. What waits for its time is no backlog.
alter table outbound_mail add column not_before timestamptz;
create or replace function outbound_mail_backlog() returns table (waiting bigint, oldest timestamptz)
  language sql stable security definer set search_path = public
begin atomic
  select count(*), min(coalesce(not_before, created_at)) from outbound_mail
  where state in ('queued', 'deferred') and (not_before is null or not_before <= now());
end;
