-- What a tenant decides about threads; null or false is what it was before.
alter table tenant
  add column subject_tag text,
  add column reopen_window_days int check (reopen_window_days >= 0),
  add column split_on_subject_change boolean not null default false,
  add column split_on_forward boolean not null default false;

-- Mail of strangers makes no new ticket and waits in quarantine.
alter table team add column accept_only_known_contacts boolean not null default false;

-- A ticket that goes on in another one, and one that follows another.
alter table ticket
  add column merged_into_id uuid,
  add column follows_ticket_id uuid;
create index ticket_merged_into on ticket (tenant_id, merged_into_id) where merged_into_id is not null;

-- Outlook's count of the conversation, for answers to go on with (Thread-Index).
alter table message add column thread_index text;

-- When the last try to send it began.
alter table outbound_mail add column attempted_at timestamptz;

-- A requester who was read out of a forwarded mail and did not write it to us.
alter table participant add column inferred boolean not null default false;

-- When a mail was read and why it became what it became. A released mail is not held back again.
alter table inbound_mail
  add column claimed_at timestamptz,
  add column parsed_at timestamptz,
  add column released_at timestamptz,
  add column explanation jsonb;

-- Who wrote a mail that is held back, and about what: for whoever decides on it.
alter table inbound_mail
  add column sender text,
  add column subject text;
