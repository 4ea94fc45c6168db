-- Mails that are sent to a company's own address to see whether they come in by forwarding.
create table forwarding_test (
  tenant_id        uuid not null references tenant on delete cascade,
  id               uuid not null,
  team_id          uuid not null,
  address          text not null,
  token            text not null,
  outbound_mail_id uuid not null,
  expires_at       timestamptz not null,
  created_at       timestamptz not null,
  arrived_at       timestamptz,
  channel_id       uuid,
  findings         jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, token),
  foreign key (tenant_id, team_id) references team on delete cascade
);
create index forwarding_test_of_team on forwarding_test (tenant_id, team_id, id);
call wall('forwarding_test');

-- What providers write to a forwarding address before they forward to it.
create table forwarding_confirmation (
  tenant_id       uuid not null references tenant on delete cascade,
  id              uuid not null,
  team_id         uuid not null,
  provider        text not null,
  address         text,
  code            text,
  link            text,
  inbound_mail_id uuid not null,
  created_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, inbound_mail_id),
  foreign key (tenant_id, team_id) references team on delete cascade
);
create index forwarding_confirmation_of_team on forwarding_confirmation (tenant_id, team_id, id);
call wall('forwarding_confirmation');

-- Such a mail goes to an address of the tenant's own on purpose.
alter table outbound_mail add column own_address_meant boolean not null default false;

-- Why the last mail did not leave by it; null after a success.
alter table outbound_channel add column last_error text;
