create table organisations (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  time_zone text not null,
  locale text not null,
  support_phone text,
  support_email text,
  support_hours_fr text,
  support_hours_en text,
  -- S-03: null is one calendar year less one day.
  expiry_days integer check (expiry_days between 1 and 3660),
  created_at timestamptz not null
);

-- S-04: one human …
create table profiles (
  id uuid primary key,
  display_name text not null,
  locale text,
  time_zone text,
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  status text not null default 'active' check (status in ('active', 'suspended')),
  -- Sessions begun before it are over: a suspension ends them for good, also once it is lifted.
  sessions_void_before timestamptz,
  created_at timestamptz not null
);

-- … many addresses. An address somebody was invited at exists before its owner has a profile (profile_id null).
create table personas (
  id uuid primary key,
  profile_id uuid references profiles (id),
  address text not null,
  -- The address folded for comparison (lower case, NFC): one persona an address.
  address_key text not null unique,
  -- When a code sent to it came back (000-Y1).
  confirmed_at timestamptz,
  created_at timestamptz not null
);
create index personas_by_profile on personas (profile_id, created_at, id);

create table memberships (
  organisation_id uuid not null references organisations (id),
  id uuid not null unique,
  persona_id uuid not null references personas (id),
  role text not null check (role in ('collaborator', 'administrator')),
  status text not null default 'active' check (status in ('active', 'suspended', 'ended')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, persona_id, role)
);
create index memberships_by_persona on memberships (persona_id);
