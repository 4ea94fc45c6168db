-- Where the walk of a mail halted, as W3C Trace Context writes it, so that whoever goes on can link to it; null while nobody watches.
alter table inbound_mail add column trace text;
alter table outbound_mail add column trace text;
