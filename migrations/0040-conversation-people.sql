-- Somebody added without the past (visible_from > 1): the date and id of the first line of the activities they may read.
alter table participations add column visible_since timestamptz;
alter table participations add column first_activity_id uuid;
-- The address was a mistake, and was corrected before anything was opened: its lines show it masked.
alter table participations add column corrected_at timestamptz;

-- What a person has sent, opened and downloaded among what they may see: kept by the verbs, so that no page counts.
alter table inboxes add column sent_count integer not null default 0;
alter table inboxes add column opened_count integer not null default 0;
alter table inboxes add column last_opened_at timestamptz;
alter table inboxes add column last_downloaded_at timestamptz;
update inboxes i set sent_count = sent.n
  from (select organisation_id, conversation_id, sender_persona_id, count(*) as n from messages group by 1, 2, 3) sent
  where i.organisation_id = sent.organisation_id and i.conversation_id = sent.conversation_id and i.persona_id = sent.sender_persona_id;
update inboxes i set opened_count = opened.n, last_opened_at = opened.last
  from (
    select m.organisation_id, m.conversation_id, o.persona_id, count(*) as n, max(o.opened_at) as last
    from openings o join messages m on m.organisation_id = o.organisation_id and m.id = o.message_id group by 1, 2, 3
  ) opened
  where i.organisation_id = opened.organisation_id and i.conversation_id = opened.conversation_id and i.persona_id = opened.persona_id;
update inboxes i set last_downloaded_at = got.last
  from (
    select organisation_id, conversation_id, persona_id, max(at) as last from activities where kind = 'attachment-downloaded' group by 1, 2, 3
  ) got
  where i.organisation_id = got.organisation_id and i.conversation_id = got.conversation_id and i.persona_id = got.persona_id;

-- Somebody is also told that they were added, or told again by a collaborator: of no message in particular.
alter table notices alter column message_id drop not null;
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message-posted', 'person-added', 'sent-again'));
-- Given up before it left, because its reader was removed: withdrawn.
alter table notices drop constraint notices_state_check;
alter table notices add constraint notices_state_check check (state in ('queued', 'sent', 'failed', 'bounced', 'opened', 'withdrawn'));
-- The link leads nowhere any more: it had gone to an address that was a mistake.
alter table notices add column revoked_at timestamptz;
-- The last notice of one reader, for who follows a conversation's deliveries.
create index notices_by_reader on notices (organisation_id, conversation_id, persona_id, created_at, id);
