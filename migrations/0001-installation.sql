-- One row that says what this database is, for ever.
create table installation (
  singleton boolean primary key default true check (singleton),
  -- A demonstration marks its database: it starts only with the demonstration on, and no other database ever loads it.
  demonstration boolean not null,
  -- Milliseconds added to the machine's clock; moved by the demonstration alone.
  clock_offset_ms bigint not null default 0,
  session_offset_ms bigint not null default 0,
  -- The last sweep, by Pli's own clock; a leap since then holds the destruction of keys.
  last_tick_at timestamptz,
  keys_held_since timestamptz,
  keys_held_reason text,
  created_at timestamptz not null
);
