-- The organisation that opened this address's account: it alone may close the address. Somebody who had opened their account themselves keeps
-- it, whatever a role they were given since becomes.
alter table personas add column vouched_by uuid references organisations (id);

-- Of those from before, the ones whose role came with their account.
update personas a set vouched_by = m.organisation_id
from memberships m, profiles p
where m.persona_id = a.id and p.id = a.profile_id and m.created_at <= p.created_at + interval '1 minute'
  and not exists (select from memberships earlier where earlier.persona_id = a.id and (earlier.created_at, earlier.id) < (m.created_at, m.id));
