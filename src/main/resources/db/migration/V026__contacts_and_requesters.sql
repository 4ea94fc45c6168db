-- Numbers of contacts. Several people may share one.
create table contact_phone (
  tenant_id  uuid not null,
  contact_id uuid not null,
  number     text not null,
  position   int not null,
  primary key (tenant_id, contact_id, number),
  foreign key (tenant_id, contact_id) references contact on delete cascade
);
create index contact_phone_by_number on contact_phone (tenant_id, number);
call wall('contact_phone');

-- Keys of requesters stand for a contact and see that contact's tickets.
alter table api_key
  add column contact_id uuid,
  add foreign key (tenant_id, contact_id) references contact on delete cascade;
alter table api_key drop constraint api_key_role_check;
alter table api_key add constraint api_key_role_check
  check (role in ('admin', 'lead', 'agent') and contact_id is null or role = 'requester' and contact_id is not null and agent_id is null);

-- Where the tenant itself tells more about a customer.
alter table tenant add column context_url text;
