-- Every mail that is to leave, its final bytes, and how far it got with each recipient.
create table outbound_mail (
  tenant_id     uuid not null references tenant on delete cascade,
  id            uuid not null,
  channel_id    uuid,
  message_id    text not null,
  sha256        bytea not null,
  size          bigint not null,
  envelope_from text not null,
  state         text not null check (state in ('queued', 'deferred', 'sent', 'failed', 'suppressed', 'bounced')),
  attempts      int not null default 0,
  doubtful      boolean not null default false,
  last_error    text,
  due_at        timestamptz not null,
  created_at    timestamptz not null,
  sent_at       timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, message_id)
);
create index outbound_mail_due on outbound_mail (due_at) where state in ('queued', 'deferred');
call wall('outbound_mail');

create table outbound_recipient (
  tenant_id        uuid not null,
  outbound_mail_id uuid not null,
  address          text not null,
  state            text not null check (state in ('queued', 'deferred', 'sent', 'failed', 'suppressed', 'bounced')),
  server_words     text,
  primary key (tenant_id, outbound_mail_id, address),
  foreign key (tenant_id, outbound_mail_id) references outbound_mail on delete cascade
);
call wall('outbound_recipient');

create function claim_outbound_mail(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  update outbound_mail m set due_at = now + lease, attempts = m.attempts + 1
  from (select d.tenant_id, d.id from outbound_mail d
        where d.state in ('queued', 'deferred') and d.due_at <= now
        order by d.due_at limit at_most for update skip locked) due
  where m.tenant_id = due.tenant_id and m.id = due.id
  returning m.tenant_id, m.id;
end;

create function outbound_mail_backlog() returns table (waiting bigint, oldest timestamptz)
  language sql stable security definer set search_path = public
begin atomic
  select count(*), min(created_at) from outbound_mail where state in ('queued', 'deferred');
end;
