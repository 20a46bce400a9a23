-- The ways a profile proves itself. One model for all: a password today, passkeys and authenticators later.
create table sign_in_methods (
  id uuid primary key,
  profile_id uuid not null references profiles (id),
  kind text not null check (kind in ('password', 'email-code')),
  -- The address a code is sent to.
  persona_id uuid references personas (id),
  -- The record of the password's hash, with its parameters.
  secret text,
  created_at timestamptz not null,
  last_used_at timestamptz,
  disabled_at timestamptz,
  check ((kind = 'password') = (secret is not null)),
  check ((kind = 'email-code') = (persona_id is not null))
);
create unique index sign_in_methods_password on sign_in_methods (profile_id) where kind = 'password' and disabled_at is null;
create unique index sign_in_methods_code on sign_in_methods (persona_id) where kind = 'email-code' and disabled_at is null;
create index sign_in_methods_by_profile on sign_in_methods (profile_id, kind);

-- Who is signed in where. Lives by the sessions' clock (S-15); «expired» is computed, never written.
create table sessions (
  -- SHA-256 of the 256 random bits the browser holds.
  id text primary key,
  profile_id uuid not null references profiles (id),
  method text not null check (method in ('code', 'password', 'password-and-code')),
  -- Opened with what staff must prove. A session without it carries no membership.
  staff boolean not null,
  -- The device the session was opened from (see known_devices).
  device_hash text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- Ends after this long without a request; null for people who are not staff.
  idle_seconds integer check (idle_seconds > 0),
  ended_at timestamptz,
  ended_reason text check (ended_reason in ('signed-out', 'signed-out-elsewhere', 'replaced', 'ended-by-reset', 'password-changed')),
  check ((ended_at is null) = (ended_reason is null))
);
create index sessions_by_profile on sessions (profile_id, started_at);
create index sessions_by_expiry on sessions (expires_at);

-- What one browser is doing between «Continuer» and the session: a sign-in, the opening of an account or a new password.
create table sign_in_flows (
  -- SHA-256 of the 256 random bits the browser holds; a new one after each proof.
  id text primary key,
  purpose text not null check (purpose in ('sign-in', 'sign-up', 'reset')),
  address text not null,
  address_key text not null,
  return_to text,
  -- HMAC of the code under the pepper. A code sent again replaces it (S-14).
  code_hash text,
  code_sent_at timestamptz,
  code_expires_at timestamptz,
  code_tries integer not null default 0,
  code_used_at timestamptz,
  -- «C'est mon appareil» was ticked with the code.
  own_device boolean not null default false,
  -- What has been proven so far; a proof serves for an hour.
  address_proven_at timestamptz,
  password_proven_by uuid references profiles (id),
  password_proven_at timestamptz,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sign_in_flows_by_expiry on sign_in_flows (expires_at);
-- A new password ends every open flow of its owner's addresses.
create index sign_in_flows_by_address on sign_in_flows (address_key);
create index sign_in_flows_by_password on sign_in_flows (password_proven_by) where password_proven_by is not null;

-- Browsers in which a profile has already signed in: their tries are counted apart, so that no stranger can lock the owner out.
create table known_devices (
  profile_id uuid not null references profiles (id),
  device_hash text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (profile_id, device_hash)
);

-- Wrong passwords, per identifier and lane. The key is a fingerprint: the table does not tell which addresses were tried.
-- (The ten an hour are a budget, see 0004.)
create table password_tries (
  key text primary key,
  -- In a row, since the last success: they make the delay grow.
  in_a_row integer not null default 0,
  -- In all, since the last act of the owner.
  in_all integer not null default 0,
  -- Nothing is evaluated before.
  next_at timestamptz not null,
  touched_at timestamptz not null
);
create index password_tries_by_touch on password_tries (touched_at);
