-- A way in that a command prints once, for somebody an administrator vouches for: they choose their password with it.
create table invitations (
  -- SHA-256 of the 256 random bits in the link.
  token_hash text primary key,
  profile_id uuid not null references profiles (id),
  persona_id uuid not null references personas (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitations_by_profile on invitations (profile_id);

-- A suspension ends the sessions too: none comes back with the account.
alter table sessions drop constraint sessions_ended_reason_check;
alter table sessions add constraint sessions_ended_reason_check
  check (ended_reason in ('signed-out', 'signed-out-elsewhere', 'replaced', 'ended-by-reset', 'password-changed', 'suspended'));

-- When `bin/pli backup --keys` last wrote a copy, by the machine's clock.
alter table installation add column keys_copied_at timestamptz;
-- Which keyring this database belongs to: another one would make every password and every message unreadable.
alter table installation add column keyring_fingerprint text;
