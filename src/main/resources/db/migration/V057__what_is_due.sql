-- What somebody is woken for, and what pods are added for, is work that waits for us. What is held on purpose, waits for somebody else's server
-- or was given up by its owner has figures of its own: one such thing must not drown the others for days.

-- Held mail is due never (year 9999), so that the index over what is due tells both apart.
create or replace function inbound_mail_backlog() returns table (waiting bigint, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*), min(received_at) from inbound_mail where state = 'pending' and due_at < timestamptz '9000-01-01 00:00:00+00';
end;

-- Mail of teams that are switched off.
create function held_inbound_mail() returns bigint
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*) from inbound_mail where state = 'pending' and due_at >= timestamptz '9000-01-01 00:00:00+00';
end;

-- What nobody sends although it is due, and since when the longest due is. What is being sent, waits for its time or pauses after a try is not.
create or replace function outbound_mail_backlog() returns table (waiting bigint, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*), min(due_at) from outbound_mail where state in ('queued', 'deferred') and due_at <= now();
end;

-- What other servers put off.
create function deferred_outbound_mail() returns table (waiting bigint, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*), min(created_at) from outbound_mail where state = 'deferred';
end;

-- A mailbox whose sign-in has ended waits for its owner, who was told: how long ago it was read says nothing about us. One that was never read
-- counts from when it was made.
create or replace function mailbox_figures() returns table (state text, mailboxes bigint, oldest_success timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.state, count(*), min(coalesce(p.last_success_at, m.created_at)) filter (where p.state <> 'needs-reauthorization')
  from mailbox_pull p join mailbox m on m.tenant_id = p.tenant_id and m.id = p.mailbox_id
  where p.active group by p.state;
end;

-- By name, the same.
create or replace function laggards(at_most int) returns table (what text, tenant_id uuid, id uuid, waiting bigint, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  (select 'mailbox', m.tenant_id, m.mailbox_id, 0::bigint, m.last_success_at from mailbox_pull m
   where m.active and m.state <> 'needs-reauthorization'
   order by m.last_success_at nulls last limit at_most)
  union all
  (select 'channel', i.tenant_id, i.channel_id, count(*), min(i.received_at) from inbound_mail i
   where i.state = 'pending' and i.due_at < timestamptz '9000-01-01 00:00:00+00'
   group by i.tenant_id, i.channel_id order by min(i.received_at) limit at_most)
  union all
  (select 'queue', t.tenant_id, t.queue_id, count(*), min(t.created_at) from ticket t
   where t.assignee_id is null and t.status_kind in ('new', 'open')
   group by t.tenant_id, t.queue_id order by count(*) desc limit at_most);
end;

revoke execute on function held_inbound_mail(), deferred_outbound_mail() from public;
grant execute on function held_inbound_mail(), deferred_outbound_mail() to ${appRole};
