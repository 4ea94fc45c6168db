-- Who wrote a comment is remembered after the agent is gone, as it is of messages and events. (The reference would also
-- stand in the way of erasing a tenant: it was checked before the comments of its tickets were gone.)
alter table comment drop constraint comment_tenant_id_agent_id_fkey;

-- How many tenants the operator has. One figure, nobody's rows.
create function tenant_count() returns bigint
  language sql stable security definer set search_path = public
begin atomic
  select count(*) from tenant;
end;

-- For ledgers of one channel over a span of time.
create index inbound_mail_of_channel on inbound_mail (tenant_id, channel_id, received_at);
