-- A mail or a text message to be sent. The row is the truth, the job only a nudge: what is queued is sent sooner or later, under one stable Message-ID.
create table outgoing_mails (
  id uuid primary key,
  -- The order of asking, which no clock moved forward can shuffle.
  seq bigint generated always as identity unique,
  channel text not null default 'mail' check (channel in ('mail', 'sms')),
  kind text not null check (kind in ('notice', 'code', 'invitation', 'reset', 'alert')),
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'bounced')),
  recipient text not null,
  locale text not null,
  -- Purpose and minutes of a code, kind of an alert: never a text of somebody's.
  parameters jsonb not null default '{}',
  -- The code, sealed with a key drawn from the pepper, erased once sent.
  sealed_code bytea,
  created_at timestamptz not null,
  -- When to try next: moved on by each try, so that two workers never hold the same mail and a crash only delays it.
  due_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  message_id text unique,
  -- Kept by the demonstration alone; empty where mails really leave.
  sender text,
  subject text,
  body_text text,
  body_html text,
  code text,
  links jsonb
);
create index outgoing_mails_due on outgoing_mails (due_at, id) where status = 'queued';
create index outgoing_mails_by_recipient on outgoing_mails (recipient, seq);

-- Somebody has to be told of something: one row a person and message, whatever is retried.
create table notices (
  organisation_id uuid not null references organisations (id),
  id uuid not null unique,
  persona_id uuid not null references personas (id),
  sender_persona_id uuid not null references personas (id),
  conversation_id uuid not null,
  message_id uuid not null,
  kind text not null check (kind in ('message-posted')),
  -- SHA-256 of the link's token; the token itself is drawn again from the pepper when the mail is written.
  token_hash bytea not null unique,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'bounced')),
  created_at timestamptz not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  -- The mail that carries it; several notices may share one.
  mail_id uuid references outgoing_mails (id),
  primary key (organisation_id, id),
  unique (organisation_id, message_id, persona_id, kind)
);
create index notices_due on notices (due_at, id) where state = 'queued' and mail_id is null;
create index notices_by_mail on notices (mail_id) where mail_id is not null;
create index notices_by_conversation on notices (organisation_id, conversation_id, created_at, id);
