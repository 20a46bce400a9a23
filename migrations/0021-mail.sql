-- Why the last try failed: the relay's code (550 5.1.1) or the fault of the connection, never its words.
alter table outgoing_mails add column failure text;
-- Codes go before everything else: whoever asked for one is looking at the page that waits for it.
create index outgoing_mails_codes_due on outgoing_mails (due_at, id) where status = 'queued' and kind in ('code', 'reset');

-- Grouping: a message that its reader has opened holds nothing back, and needs no mail if none has been written yet («opened»).
alter table notices add column opened_at timestamptz;
alter table notices drop constraint notices_state_check;
alter table notices add constraint notices_state_check check (state in ('queued', 'sent', 'failed', 'bounced', 'opened'));
-- The last mail one reader was sent about one sender's messages in one conversation.
create index notices_told on notices (organisation_id, conversation_id, persona_id, sender_persona_id, created_at)
  where mail_id is not null and opened_at is null;
