-- What is new in a text is kept only where it is not all of it: most mails begin a conversation, and their text stood here twice.
alter table message alter column new_text drop not null;
