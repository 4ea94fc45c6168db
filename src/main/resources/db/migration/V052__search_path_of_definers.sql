-- A function that runs with its owner's rights looks for tables in the schema of our own, and last of all among the temporary ones of
-- whoever calls: where pg_temp is not named, it is searched first (CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely").
do $$
declare
  one regprocedure;
begin
  for one in
    select p.oid from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef and pg_has_role(current_user, p.proowner, 'usage')
  loop
    execute format('alter routine %s set search_path = public, pg_temp', one);
  end loop;
  -- Nothing of ours makes temporary tables. Where the database belongs to somebody else, they decide.
  if pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'usage') then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end
$$;
