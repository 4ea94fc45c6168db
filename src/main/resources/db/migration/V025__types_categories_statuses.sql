-- What kind of concern a ticket is. Mail to the creation address opens a ticket of the type.
create table ticket_type (
  tenant_id        uuid not null references tenant on delete cascade,
  id               uuid not null,
  name             text not null,
  creation_address text not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  version          bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index ticket_type_name on ticket_type (tenant_id, lower(name));
call wall('ticket_type');

alter table inbound_channel
  add column ticket_type_id uuid,
  add foreign key (tenant_id, ticket_type_id) references ticket_type on delete set null (ticket_type_id);

-- What a ticket is about, in the tenant's own words.
create table category (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  name       text not null,
  position   int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version    bigint not null default 0,
  primary key (tenant_id, id)
);
create unique index category_name on category (tenant_id, lower(name));
call wall('category');

alter table ticket
  add column type_id uuid,
  add column category_id uuid,
  add constraint ticket_type_fkey foreign key (tenant_id, type_id) references ticket_type,
  add constraint ticket_category_fkey foreign key (tenant_id, category_id) references category;
create index ticket_by_type on ticket (tenant_id, type_id, id) where type_id is not null;
create index ticket_by_category on ticket (tenant_id, category_id, id) where category_id is not null;

alter table rule_target
  add column category_id uuid,
  add column ticket_type_id uuid,
  add foreign key (tenant_id, category_id) references category,
  add foreign key (tenant_id, ticket_type_id) references ticket_type;

-- Statuses of the tenant's own; a name that changes, changes on the tickets too.
alter table status
  add column updated_at timestamptz,
  add column version bigint not null default 0;
update status set updated_at = created_at;
alter table status alter column updated_at set not null;
alter table ticket drop constraint ticket_tenant_id_status_fkey;
alter table ticket add constraint ticket_tenant_id_status_fkey foreign key (tenant_id, status) references status (tenant_id, name) on update cascade;
