-- A message taken back. Nobody had opened it: nothing of it is left and its state is «withdrawn». Else it is closed to those who had not.
alter table messages add column withdrawn_at timestamptz;
-- When those who have not opened it are next to be reminded that it expires (S-03); null: not any more.
alter table messages add column remind_at timestamptz;
update messages set remind_at = case when expires_at - interval '7 days' > sent_at then expires_at - interval '7 days' else expires_at - interval '1 day' end
  where state = 'posted' and expires_at - interval '1 day' > sent_at;
create index messages_by_reminder on messages (remind_at, id) where state = 'posted' and remind_at is not null;

-- Lines that are also read among the messages: behind the message of this number.
alter table activities add column after_position integer;
-- Where an expiry was moved to.
alter table activities add column expires_at timestamptz;
create index activities_in_thread on activities (organisation_id, conversation_id, after_position) where after_position is not null;

-- What somebody holds: handed over, or shared during a leave.
create index conversations_by_holder on conversations (organisation_id, holder_persona_id, id);

-- Reminders of an expiry (a week and a day before), and those that a collaborator asked for: one row a person, message and kind, told again when asked again.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('message-posted', 'person-added', 'sent-again', 'expiry-week', 'expiry-day', 'reminder'));
alter table notices drop constraint notices_state_check;
alter table notices add constraint notices_state_check check (state in ('queued', 'sent', 'failed', 'bounced', 'opened', 'withdrawn'));

-- What a collaborator asked to be sent to those who have not opened: at once, or on a day.
create table reminders (
  organisation_id uuid not null,
  id uuid not null unique,
  conversation_id uuid not null,
  persona_id uuid not null references personas (id),
  due_at timestamptz not null,
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);
create index reminders_due on reminders (due_at, id) where done_at is null;
create index reminders_by_conversation on reminders (organisation_id, conversation_id, due_at);

-- A collaborator on leave, and the colleague who takes part in their conversations meanwhile.
create table delegations (
  organisation_id uuid not null references organisations (id),
  id uuid not null unique,
  persona_id uuid not null references personas (id),
  delegate_persona_id uuid not null references personas (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null,
  -- When the colleague had joined all that was held.
  begun_at timestamptz,
  -- When the colleague had left all that they had joined by it.
  ended_at timestamptz,
  primary key (organisation_id, id),
  check (starts_at < ends_at and persona_id <> delegate_persona_id)
);
create index delegations_beginning on delegations (starts_at, id) where begun_at is null and ended_at is null;
create index delegations_ending on delegations (ends_at, id) where ended_at is null;
create index delegations_by_persona on delegations (persona_id, starts_at);

-- The conversations that the colleague reads from their beginning.
create table delegated_pasts (
  organisation_id uuid not null,
  delegation_id uuid not null,
  conversation_id uuid not null,
  primary key (organisation_id, delegation_id, conversation_id),
  foreign key (organisation_id, delegation_id) references delegations (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);

-- Somebody who takes part by a delegation, and until when: from that instant the door is closed, swept or not.
alter table participations add column delegation_id uuid;
alter table participations add column ends_at timestamptz;
create index participations_by_delegation on participations (organisation_id, delegation_id) where delegation_id is not null;
