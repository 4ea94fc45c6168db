-- How sure the new part of a message is; null where nothing was split.
alter table message add column new_text_confidence text check (new_text_confidence in ('high', 'medium', 'low'));
