-- That something changed for somebody, never what: written with the change, read by every process for its open screens, soon forgotten.
create table events (
  seq bigint generated always as identity primary key,
  -- The transaction that wrote it: what commits late is still found, though its number is smaller than one already read.
  written_by xid8 not null default pg_current_xact_id(),
  persona_ids uuid[] not null,
  -- messages: what waits for these people is not the same any more. activities: something was noted.
  kind text not null check (kind in ('messages', 'activities')),
  subject_id uuid not null,
  at timestamptz not null
);
create index events_by_writer on events (written_by, seq);
create index events_by_date on events (at);
