-- A try that was begun and of which nobody wrote down the end, since its process died, is as doubtful as one whose line died.
alter table outbound_mail add column underway boolean not null default false;
-- The doubtful try was made for everybody whom the mail is for: a mailbox that has sent it tells that all have it.
alter table outbound_mail add column whole_doubt boolean not null default false;
