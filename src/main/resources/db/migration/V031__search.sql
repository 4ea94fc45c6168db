-- What tickets are found by: a row for each message and comment with the words in it, null until they are read. Every lexeme
-- begins with its tenant's mark, so that the one index is an index for each tenant.
create table search_entry (
  tenant_id  uuid not null,
  id         uuid not null,
  ticket_id  uuid not null,
  kind       text not null check (kind in ('message', 'comment')),
  words      tsvector,
  primary key (tenant_id, id),
  foreign key (tenant_id, ticket_id) references ticket on delete cascade
);
create index search_entry_of_ticket on search_entry (tenant_id, ticket_id);
create index search_entry_unread on search_entry (id) where words is null;
create index search_entry_words on search_entry using gin (words);
-- Which words are common decides how they are looked for.
alter table search_entry alter column words set statistics 1000;
call wall('search_entry');

insert into search_entry (tenant_id, id, ticket_id, kind) select tenant_id, id, ticket_id, 'message' from message;
insert into search_entry (tenant_id, id, ticket_id, kind) select tenant_id, id, ticket_id, 'comment' from comment;

-- Whoever writes a message, by whichever way: it will be found.
create function search_new() returns trigger language plpgsql set search_path = public as $$
begin
  insert into search_entry (tenant_id, id, ticket_id, kind) select tenant_id, id, ticket_id, tg_argv[0] from written;
  return null;
end $$;
create trigger search_new after insert on message referencing new table as written
  for each statement execute function search_new('message');
create trigger search_new after insert on comment referencing new table as written
  for each statement execute function search_new('comment');

-- It moved to another ticket, or says something else.
create function search_changed() returns trigger language plpgsql set search_path = public as $$
begin
  update search_entry e set ticket_id = w.ticket_id, words = null from written w where e.tenant_id = w.tenant_id and e.id = w.id;
  return null;
end $$;
create trigger search_changed after update on message referencing new table as written
  for each statement execute function search_changed();
create trigger search_changed after update on comment referencing new table as written
  for each statement execute function search_changed();

-- The ticket is called otherwise now.
create function search_renamed() returns trigger language plpgsql set search_path = public as $$
begin
  update search_entry set words = null where tenant_id = new.tenant_id and ticket_id = new.id;
  return null;
end $$;
create trigger search_renamed after update of subject on ticket
  for each row when (old.subject is distinct from new.subject) execute function search_renamed();

-- What is to be read, oldest first, over all tenants.
create function unread_search_entries(at_most int) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = public
begin atomic
  select e.tenant_id, e.id from search_entry e where e.words is null order by e.id limit at_most;
end;

-- The current tenant's tickets with such words, newest first, from a place on. A door in the wall, because an index of words
-- is not asked under row-level security (its operators are not leakproof); it opens on the current tenant alone. Planned anew
-- each time: a word that everybody writes is looked for from the newest ticket on, a rare one in the index.
create function tickets_with_words(query tsquery, by_last_message boolean, before_time timestamptz, before_id uuid, at_most int)
  returns table (id uuid, last_message_at timestamptz)
  language plpgsql stable security definer set search_path = public as $$
declare
  last_id uuid := coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
begin
  if by_last_message then
    return query execute '
      select t.id, t.last_message_at from ticket t
      where t.tenant_id = $1 and (t.last_message_at, t.id) < ($3, $4)
        and exists (select from search_entry e where e.tenant_id = $1 and e.ticket_id = t.id and e.words @@ $2)
      order by t.last_message_at desc, t.id desc limit $5'
      using current_tenant(), query, coalesce(before_time, 'infinity'), last_id, at_most;
  else
    return query execute '
      select e.ticket_id, null::timestamptz from search_entry e
      where e.tenant_id = $1 and e.ticket_id < $3 and e.words @@ $2
      group by e.ticket_id order by e.ticket_id desc limit $4'
      using current_tenant(), query, last_id, at_most;
  end if;
end $$;
grant execute on function unread_search_entries, tickets_with_words to ${appRole};
