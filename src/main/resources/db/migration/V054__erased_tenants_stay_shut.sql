-- A tenant that is being erased is nobody's any more: not by a key, not by a sign-in, an invitation, a domain or a mailbox's consent, whatever of
-- them was made while it went.
create or replace function tenant_of_api_key(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select k.tenant_id, k.id from api_key k join tenant t on t.id = k.tenant_id
  where k.key_id = wanted and t.erased_at is null
    and not exists (select 1 from agent a where a.tenant_id = k.tenant_id and a.id = k.agent_id and not a.active);
end;

create or replace function logins_of(wanted_issuer text, wanted_subject text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.tenant_id, l.id from login l join tenant t on t.id = l.tenant_id join agent a on a.tenant_id = l.tenant_id and a.id = l.agent_id
  where l.issuer = wanted_issuer and l.subject = wanted_subject and a.active and t.erased_at is null order by l.created_at limit 100;
end;

create or replace function invitation_of_token(wanted bytea) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select i.tenant_id, i.id from invitation i join tenant t on t.id = i.tenant_id where i.token_hash = wanted and t.erased_at is null;
end;

create or replace function sign_in_domains_of(wanted text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.tenant_id, d.id from sign_in_domain d join tenant t on t.id = d.tenant_id
    join sending_domain s on s.tenant_id = d.tenant_id and s.domain = d.domain
  where d.domain = wanted and s.state = 'verified' and t.erased_at is null order by d.created_at limit 20;
end;

create or replace function authorization_of_state(wanted bytea) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.tenant_id, a.id from mailbox_authorization a join tenant t on t.id = a.tenant_id where a.state_hash = wanted and t.erased_at is null;
end;
