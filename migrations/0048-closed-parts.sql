-- Addresses that hold or held roles in an organisation, none of them in force.
create view barred_members as
  select m.organisation_id, m.persona_id
  from memberships m
  where m.status <> 'active'
    and not exists (
      select from memberships still
      where still.organisation_id = m.organisation_id and still.persona_id = m.persona_id and still.status = 'active'
    );

-- Conversations that an address may not read although nobody took it out: suspended, none of its organisation's; deleted, none of those it was
-- given while it held a role there (ADR 0026).
create view closed_parts as
  select p.organisation_id, p.conversation_id, p.persona_id
  from participations p
  where exists (
      select from memberships m
      where m.organisation_id = p.organisation_id and m.persona_id = p.persona_id
        and (m.status = 'suspended' or (m.status = 'ended' and p.added_at > m.created_at and p.added_at <= m.ended_at))
    )
    and not exists (
      select from memberships still
      where still.organisation_id = p.organisation_id and still.persona_id = p.persona_id and still.status = 'active'
    );

-- What waits for an address, among what it may read: the totals kept by the verbs, which count what is closed too, so that it is there again
-- once it may be read. Counted for whoever is barred somewhere alone (`partly`): they are few.
create view readable_totals as
  select t.persona_id, barred.somewhere as partly,
    case when barred.somewhere then (
      select count(*)::integer from inboxes i
      where i.persona_id = t.persona_id and not exists (
        select from closed_parts closed where closed.persona_id = i.persona_id and closed.conversation_id = i.conversation_id)
    ) else t.conversations end as conversations,
    case when barred.somewhere then (
      select coalesce(sum(i.unread_count), 0)::integer from inboxes i
      where i.persona_id = t.persona_id and not exists (
        select from closed_parts closed where closed.persona_id = i.persona_id and closed.conversation_id = i.conversation_id)
    ) else t.unread end as unread
  from inbox_totals t
  cross join lateral (
    select exists (select from barred_members barred where barred.persona_id = t.persona_id) as somewhere
  ) barred;
