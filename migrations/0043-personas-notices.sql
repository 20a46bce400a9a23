-- A further address is proven like any other: by a code, in a flow that belongs to one session and opens none.
alter table sign_in_flows drop constraint sign_in_flows_purpose_check;
alter table sign_in_flows add constraint sign_in_flows_purpose_check check (purpose in ('sign-in', 'sign-up', 'reset', 'join'));

-- «En sourdine»: since when this persona wants no notice about a conversation.
alter table inboxes add column muted_at timestamptz;

-- A notice whose reader had muted its conversation when it was due.
alter table notices drop constraint notices_state_check;
alter table notices add constraint notices_state_check check (state in ('queued', 'sent', 'failed', 'bounced', 'opened', 'withdrawn', 'muted'));
-- «Avis envoyés»: an address's notices, the newest first; ids grow with time.
create index notices_by_persona on notices (persona_id, id);

-- How a person wants to be told. Without a row: in the language of their profile, at any hour.
create table notice_preferences (
  profile_id uuid primary key references profiles (id),
  locale text,
  -- Minutes since local midnight. An end that is not after the beginning falls on the next day.
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  -- The days, 1 for Monday to 7, on which quiet hours begin.
  quiet_days smallint[] not null default '{}' check (quiet_days <@ '{1,2,3,4,5,6,7}'),
  updated_at timestamptz not null,
  check ((quiet_from is null) = (quiet_to is null)),
  check ((quiet_from is null) = (quiet_days = '{}'))
);

-- How a person last chose to see their list (000-35).
alter table profiles add column list_size smallint check (list_size in (10, 20, 30));
alter table profiles add column list_order text check (list_order in ('newest', 'oldest'));
