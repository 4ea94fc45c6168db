-- Whose mailboxes of the Gmail API an address is: Gmail announces by address, and two tenants may have connected the same. Ids only.
create index mailbox_gmail_address on mailbox (lower(address)) where kind = 'gmail-api';
create function gmail_mailboxes(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select m.tenant_id, m.id from mailbox m where m.kind = 'gmail-api' and lower(m.address) = lower(wanted);
end;

revoke execute on function gmail_mailboxes(text) from public;
grant execute on function gmail_mailboxes(text) to ${appRole};
