-- Who wrote a comment is remembered after the agent is gone, as it is of messages and events. (The reference would also
-- stand in the way of erasing a tenant: it was checked before the comments of its tickets were gone.)
alter table comment drop constraint comment_tenant_id_agent_id_fkey;

-- How many tenants the operator has. One figure, nobody's rows.
create function tenant_count() returns bigint
  language sql stable security definer set search_path = public
begin atomic
  select count(*) from tenant;
end;

-- For ledgers over a span of time. Mails come in the order of time, so a block range index finds them and costs next to
-- nothing to keep.
create index inbound_mail_by_time on inbound_mail using brin (received_at);
