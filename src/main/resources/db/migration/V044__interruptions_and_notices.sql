-- A ticket whose way in was deleted: nothing is sent in it until somebody says how it goes on.
alter table ticket add column interrupted_at timestamptz, add column interrupted_by text;
create index ticket_interrupted on ticket (tenant_id, id) where interrupted_at is not null;
