create table conversations (
  organisation_id uuid not null references organisations (id),
  id uuid not null unique,
  holder_persona_id uuid not null references personas (id),
  -- S-02: sealed until «Ouvrir», or opened directly.
  sensitivity text not null default 'confidential' check (sensitivity in ('confidential', 'ordinary')),
  status text not null default 'open' check (status in ('open', 'closed', 'expired')),
  -- The title, sealed by the conversation's key, itself wrapped by the key of the UTC day on which the last message expires (S-18).
  title bytea,
  wrapped_key bytea,
  key_day date not null,
  last_expires_at timestamptz not null,
  -- Days a message lives here; null is the organisation's rule (S-03).
  expiry_days integer check (expiry_days between 1 and 3660),
  message_count integer not null default 0,
  last_activity_at timestamptz not null,
  created_at timestamptz not null,
  primary key (organisation_id, id)
);

create index conversations_by_key_day on conversations (key_day) where wrapped_key is not null;

create table participations (
  organisation_id uuid not null,
  conversation_id uuid not null,
  persona_id uuid not null references personas (id),
  role text not null check (role in ('holder', 'collaborator', 'participant')),
  -- Somebody added without the past sees what comes from this number on.
  visible_from integer not null default 1,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (organisation_id, conversation_id, persona_id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);
create index participations_by_persona on participations (persona_id, conversation_id);

create table messages (
  organisation_id uuid not null,
  id uuid not null unique,
  conversation_id uuid not null,
  -- 1, 2, 3 … within the conversation, without holes.
  position integer not null,
  sender_persona_id uuid not null references personas (id),
  state text not null default 'posted' check (state in ('posted', 'withdrawn', 'expired')),
  -- The text, sealed by the message's data key, wrapped by the key of the UTC day on which it expires. Both go at expiry.
  body bytea,
  wrapped_key bytea,
  key_day date not null,
  -- How many files were joined: a page asks for those of messages that have some.
  file_count smallint not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  -- Sent twice, posted once.
  post_key text not null,
  primary key (organisation_id, id),
  unique (organisation_id, conversation_id, position),
  unique (organisation_id, sender_persona_id, post_key),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id),
  check ((state = 'posted') = (body is not null) and (state = 'posted') = (wrapped_key is not null))
);
create index messages_by_expiry on messages (expires_at, id) where state = 'posted';
-- Which days still have readable messages: a day's key is destroyed once none is left.
create index messages_by_key_day on messages (key_day) where state = 'posted';

create table openings (
  organisation_id uuid not null,
  message_id uuid not null,
  persona_id uuid not null references personas (id),
  opened_at timestamptz not null,
  primary key (organisation_id, message_id, persona_id),
  foreign key (organisation_id, message_id) references messages (organisation_id, id)
);

create table attachments (
  organisation_id uuid not null,
  id uuid not null unique,
  conversation_id uuid not null,
  message_id uuid not null,
  position integer not null,
  -- Name and media type, sealed by the message's data key.
  label bytea,
  size bigint not null,
  blob_id uuid not null unique,
  -- The file's own key, wrapped by the key of the day on which its message expires.
  wrapped_key bytea,
  primary key (organisation_id, id),
  unique (organisation_id, message_id, position),
  foreign key (organisation_id, message_id) references messages (organisation_id, id)
);

create table downloads (
  organisation_id uuid not null,
  attachment_id uuid not null,
  persona_id uuid not null references personas (id),
  -- A download counts once a person, file and hour (000-40).
  hour timestamptz not null,
  primary key (organisation_id, attachment_id, persona_id, hour)
);

create table activities (
  organisation_id uuid not null,
  id uuid not null unique,
  conversation_id uuid not null,
  at timestamptz not null,
  kind text not null,
  -- Who did it; null is Pli itself.
  persona_id uuid references personas (id),
  message_id uuid,
  attachment_id uuid,
  subject_persona_id uuid references personas (id),
  -- Delivery lines are for collaborators only (000-40).
  audience text not null default 'everyone' check (audience in ('everyone', 'collaborators')),
  primary key (organisation_id, id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);
create index activities_by_date on activities (organisation_id, conversation_id, at, id);

-- One row per persona and conversation: a list page reads one index range, whatever the history.
create table inboxes (
  persona_id uuid not null references personas (id),
  conversation_id uuid not null,
  organisation_id uuid not null,
  last_activity_at timestamptz not null,
  unread_count integer not null default 0 check (unread_count >= 0),
  -- null is «Nouvelle»: this persona never displayed the conversation (000-30).
  displayed_at timestamptz,
  -- The position of the oldest envelope this persona has not opened: where the page opens (000-44).
  oldest_unopened integer,
  primary key (persona_id, conversation_id),
  foreign key (organisation_id, conversation_id) references conversations (organisation_id, id)
);
create index inboxes_by_date on inboxes (persona_id, last_activity_at, conversation_id);
create index inboxes_by_conversation on inboxes (organisation_id, conversation_id);

-- Totals kept by the verbs, so that no page counts.
create table inbox_totals (
  persona_id uuid primary key references personas (id),
  conversations integer not null default 0,
  unread integer not null default 0
);

-- Files received and not yet part of a message. Their keys are wrapped by the key of the day on which they are thrown away.
create table uploads (
  id uuid primary key,
  profile_id uuid not null references profiles (id),
  state text not null check (state in ('receiving', 'ready')),
  label bytea not null,
  size bigint not null default 0,
  wrapped_key bytea not null,
  key_day date not null,
  created_at timestamptz not null,
  discard_at timestamptz not null
);
create index uploads_by_discard on uploads (discard_at);
create index uploads_by_profile on uploads (profile_id);

-- Bytes whose owner is gone: removed from the store by a job, then forgotten.
create table blobs_to_remove (
  blob_id uuid primary key,
  due_at timestamptz not null
);

-- What somebody was writing, kept for them, sealed.
create table drafts (
  profile_id uuid not null references profiles (id),
  path text not null,
  content bytea not null,
  wrapped_key bytea not null,
  key_day date not null,
  created_at timestamptz not null,
  discard_at timestamptz not null,
  primary key (profile_id, path)
);
create index drafts_by_discard on drafts (discard_at);
