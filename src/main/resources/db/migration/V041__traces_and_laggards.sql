-- Where the walk of a mail halted, as W3C Trace Context writes it, so that whoever goes on can link to it; null while nobody watches.
alter table inbound_mail add column trace text;
alter table outbound_mail add column trace text;

-- Of whom somebody who watches wants to hear by name: mailboxes that were longest not read, channels whose mail waits longest, queues in
-- which most tickets wait. No more of each than is asked for.
create function laggards(at_most int) returns table (what text, tenant_id uuid, id uuid, waiting bigint, since timestamptz)
  language sql stable security definer set search_path = public
begin atomic
  (select 'mailbox', m.tenant_id, m.mailbox_id, 0::bigint, m.last_success_at from mailbox_pull m where m.active
   order by m.last_success_at nulls last limit at_most)
  union all
  (select 'channel', i.tenant_id, i.channel_id, count(*), min(i.received_at) from inbound_mail i where i.state = 'pending'
   group by i.tenant_id, i.channel_id order by min(i.received_at) limit at_most)
  union all
  (select 'queue', t.tenant_id, t.queue_id, count(*), min(t.created_at) from ticket t
   where t.assignee_id is null and t.status_kind in ('new', 'open')
   group by t.tenant_id, t.queue_id order by count(*) desc limit at_most);
end;
revoke execute on function laggards(int) from public;
grant execute on function laggards(int) to ${appRole};
