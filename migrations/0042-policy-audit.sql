-- What an organisation's administrator decides for everybody in it. No row: the defaults of `policyOf`. The standard life of a message,
-- the language and the support contact stay on the organisation, where hot queries read them; the version here counts their changes too.
create table policies (
  organisation_id uuid primary key references organisations (id),
  -- Two administrators at the same moment: the second is told, and overwrites nothing.
  version integer not null check (version > 0),
  expiry_min_days integer not null check (expiry_min_days between 1 and 3660),
  expiry_max_days integer not null check (expiry_max_days between 1 and 3660),
  -- The files of one message together (S-11), bytes.
  files_bytes bigint not null check (files_bytes between 1 and 1073741824),
  -- Extensions in small letters without a dot, and domains; empty: all.
  file_types text[] not null,
  recipient_domains text[] not null,
  title_in_notices boolean not null,
  activities_for_participants boolean not null,
  locales text[] not null check (cardinality(locales) > 0),
  notice_wording_fr text,
  notice_wording_en text,
  -- Colours `#rrggbb`: actions on light paper, on dark paper, and the header.
  brand_light text,
  brand_dark text,
  brand_header text,
  check (expiry_min_days <= expiry_max_days)
);

-- The drawing beside an organisation's name; its hash is its address.
create table organisation_logos (
  organisation_id uuid primary key references organisations (id),
  hash text not null,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null,
  height integer not null,
  bytes bytea not null check (octet_length(bytes) <= 102400)
);

-- Who did which administrative or security act when. Only ever added to: no code changes or removes a line. Addresses stand as text, so that
-- they outlive accounts (000-A4); never a title, a text or a name of a file.
create table audit_entries (
  organisation_id uuid not null references organisations (id),
  id uuid not null unique,
  at timestamptz not null,
  kind text not null,
  -- Null: Pli itself, or somebody at its command line.
  actor_profile_id uuid,
  actor_address text,
  subject_address text,
  details jsonb not null default '{}',
  primary key (organisation_id, id)
);
create index audit_entries_by_date on audit_entries (organisation_id, at, id);
create index audit_entries_by_kind on audit_entries (organisation_id, kind, at, id);
create index audit_entries_by_actor on audit_entries (organisation_id, lower(actor_address), at, id);
create index audit_entries_by_subject on audit_entries (organisation_id, lower(subject_address), at, id);

-- What an organisation holds, counted by a job and never by a page: numbers alone.
create table organisation_counts (
  organisation_id uuid primary key references organisations (id),
  counted_at timestamptz not null,
  counts jsonb not null
);

-- The organisation that gave this address its role has suspended or ended it, and no other holds it: nobody acts under it until it is opened again.
alter table personas add column closed_at timestamptz;
-- Finding people by any word of their name or address.
create index personas_by_word on personas using gin (to_tsvector('simple', translate(address_key, '@.-_+', '     ')));
create index profiles_by_word on profiles using gin
  (to_tsvector('simple', translate(lower(display_name), 'àâäáãçéèêëíîïñóôöõúùûüÿ''’-', 'aaaaaceeeeiiinoooouuuuy   ')));
