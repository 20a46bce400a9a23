-- Of what was handed over to them, a new holder is told once: of so many conversations, and of none in particular when there are several.
alter table notices alter column conversation_id drop not null;
alter table notices add column conversations integer check (conversations > 0);
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check
  check (kind in ('message-posted', 'person-added', 'sent-again', 'expiry-week', 'expiry-day', 'reminder', 'handed-over'));
alter table notices add constraint notices_about_check check (conversation_id is not null or conversations is not null);

-- More conversations than one transaction takes, on their way from somebody to a colleague: done by a job, and shown while it lasts.
create table handovers (
  organisation_id uuid not null references organisations (id),
  id uuid not null unique,
  from_persona_id uuid not null references personas (id),
  to_persona_id uuid not null references personas (id),
  total integer not null check (total > 0),
  -- Counted in the transaction that moves each.
  moved integer not null default 0,
  begun_at timestamptz not null,
  -- When one was last moved: a job that died is set off again.
  moved_at timestamptz not null,
  done_at timestamptz,
  -- Why it ended before all were moved.
  stopped text,
  primary key (organisation_id, id)
);
-- Of what one person holds, one at a time.
create unique index handovers_under_way on handovers (organisation_id, from_persona_id) where done_at is null;
create index handovers_of_member on handovers (organisation_id, from_persona_id, begun_at);

-- «Avis envoyés»: what an address was sent beside its notices, the newest first; ids grow with time.
create index outgoing_mails_beside_notices on outgoing_mails (lower(recipient), id) where kind <> 'notice';
