-- Drafts are kept while somebody types, for 30 days, by what they answer and no more by the address of a page. Those of before
-- (forms sent after their session had ended) lived 24 h and are not carried over.
drop table drafts;

-- What somebody is writing, kept for them, sealed.
create table drafts (
  profile_id uuid not null references profiles (id),
  -- The conversation it answers, and as which of the person's addresses; null for a new conversation.
  conversation_id uuid,
  persona_id uuid,
  -- Moves at each saving: a page that knows another number does not overwrite.
  version integer not null,
  content bytea not null,
  wrapped_key bytea not null,
  key_day date not null,
  -- The received files that live as long as it does.
  upload_ids uuid[] not null,
  saved_at timestamptz not null,
  discard_at timestamptz not null,
  check ((conversation_id is null) = (persona_id is null)),
  unique nulls not distinct (profile_id, conversation_id, persona_id)
);
create index drafts_by_discard on drafts (discard_at);
create index drafts_by_day on drafts (key_day);
create index drafts_by_conversation on drafts (conversation_id) where conversation_id is not null;
