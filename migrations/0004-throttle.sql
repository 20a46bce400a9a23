-- How often something was done lately: tries of a code, mails to an address, requests from a source. Short-lived, shared by every process.
create table budgets (
  -- Opaque, made by the caller: an HMAC when it stands for an address or a person.
  key text primary key,
  -- The instants of what was taken within the window, oldest first.
  taken_at timestamptz[] not null,
  -- From then on the row says nothing any more.
  forget_at timestamptz not null
);
create index budgets_by_forget on budgets (forget_at);
