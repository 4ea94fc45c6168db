-- Tickets by their last message, newest first.
create index ticket_by_last_message on ticket (tenant_id, last_message_at, id);
