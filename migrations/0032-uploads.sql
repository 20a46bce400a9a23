-- Uploads that resume (docs/adr/0015).
alter table uploads
  -- What its sender said it weighs, in bytes: it counts against their room before it has arrived.
  add column announced bigint not null default 0,
  -- What is durable of it, and acknowledged: where its sender goes on from.
  add column received bigint not null default 0,
  -- Begun by tus: what has arrived is worth keeping when the line breaks. A form's file that breaks off is lost.
  add column resumable boolean not null default false,
  -- Who is writing its bytes, one at a time among all processes, and until when they are believed to be alive, by PostgreSQL's own clock.
  add column writer uuid,
  add column held_until timestamptz,
  add constraint uploads_received_check check (received between 0 and announced or state = 'ready'),
  add constraint uploads_writer_check check ((writer is null) = (held_until is null));
