-- How many secrets each key seals. Figures, nobody's rows.
create function secrets_by_key() returns table (key_id text, secrets bigint)
  language sql stable security definer set search_path = public
begin atomic
  select s.key_id, count(*) from stored_secret s group by s.key_id order by 1;
end;
grant execute on function secrets_by_key to ${appRole};
