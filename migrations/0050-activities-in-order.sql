-- The other two orders of the activities (000-38): a page reads its own lines, however long the conversation.
create index activities_by_kind on activities (organisation_id, conversation_id, kind, at, id);
-- What Pli did itself stands under the id of nobody.
create index activities_by_person on activities
  (organisation_id, conversation_id, coalesce(persona_id, '00000000-0000-0000-0000-000000000000'::uuid), at, id);
