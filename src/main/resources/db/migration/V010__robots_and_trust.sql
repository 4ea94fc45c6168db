-- What a message is (ordinary, auto-reply, list ...) and what is known of its sender.
alter table message add column classification text not null default 'ordinary';
alter table message add column authentication jsonb;

-- What a team says to somebody who writes to it.
alter table team add column use_display_name_in_auto_replies boolean not null default true;
alter table team add column auto_confirm boolean not null default false;

-- Where no mail goes: an address, or a whole domain.
create table suppression (
  tenant_id  uuid not null references tenant on delete cascade,
  id         uuid not null,
  pattern    text not null,
  reason     text not null check (reason in ('manual', 'own-address', 'hard-bounce')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index suppression_pattern on suppression (tenant_id, pattern);
call wall('suppression');

insert into suppression (tenant_id, id, pattern, reason, created_at, updated_at)
  select tenant_id, gen_random_uuid(), address, 'own-address', now(), now() from forwarding_address;

-- By whom a mail was sent, and to whom: for bounces that name no mail but come back to a signed address.
create index outbound_recipient_by_address on outbound_recipient (tenant_id, lower(address), outbound_mail_id);
