-- Copies of what was sent, to be kept in the mailbox by which it left: work of its own, which sends nothing.
create table sent_copy (
  tenant_id        uuid not null,
  outbound_mail_id uuid not null,
  mailbox_id       uuid not null,
  state            text not null check (state in ('pending', 'done', 'failed')),
  attempts         int not null default 0,
  due_at           timestamptz not null,
  last_error       text,
  primary key (tenant_id, outbound_mail_id),
  foreign key (tenant_id, outbound_mail_id) references outbound_mail on delete cascade,
  foreign key (tenant_id, mailbox_id) references mailbox on delete cascade
);
create index sent_copy_due on sent_copy (due_at) where state = 'pending';
call wall('sent_copy');

create function claim_sent_copy(at_most int, lease interval, now timestamptz) returns table (tenant_id uuid, id uuid)
  language sql volatile security definer set search_path = public
begin atomic
  with due as materialized (
    select d.ctid as place from sent_copy d
    where d.state = 'pending' and d.due_at <= now
    order by d.due_at limit at_most for update skip locked)
  update sent_copy m set due_at = now + lease, attempts = m.attempts + 1
  from due where m.ctid = due.place
  returning m.tenant_id, m.outbound_mail_id;
end;

revoke execute on function claim_sent_copy(int, interval, timestamptz) from public;
grant execute on function claim_sent_copy(int, interval, timestamptz) to ${appRole};
