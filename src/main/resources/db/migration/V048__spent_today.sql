-- What was fetched from a mailbox on a day (UTC), for those whose providers count it.
alter table mailbox_pull add column spent_on date;
alter table mailbox_pull add column spent_bytes bigint not null default 0;

-- What a provider calls the conversation of a mail: evidence for its ticket where the mail's own header says nothing.
alter table inbound_mail add column conversation text;
