-- What happens in a workspace, as streams tell of it while it happens.

create schema stream;
grant usage on schema stream to averment_app, averment_worker;

-- Readers go by (xid, event_id) and take only what transactions wrote that are over: identities are given out before commit,
-- and whoever went by them alone would pass by an event whose transaction ended later. Rows live for a day; they are news,
-- and what they are news of has entries of its own in the log.
create table stream.event (
    workspace_id uuid not null,
    xid          bigint not null default pg_current_xact_id()::text::bigint,
    event_id     bigint not null generated always as identity,
    kind         text not null check (length(kind) between 1 and 64),
    subject      text not null check (length(subject) between 1 and 200),
    data         text not null check (length(data) between 2 and 16384),
    made_at      timestamptz not null,
    primary key (workspace_id, xid, event_id)
);
create index event_by_transaction on stream.event (xid);
create index event_by_age on stream.event (made_at);
alter table stream.event enable row level security;
alter table stream.event force row level security;
create policy workspace on stream.event to averment_app
    using (workspace_id = (select tenancy.workspace()))
    with check (workspace_id = (select tenancy.workspace()));
-- In which workspaces something happened, and what is over; never what it was.
create policy worker on stream.event to averment_worker using (true);
grant select, insert (workspace_id, kind, subject, data, made_at) on stream.event to averment_app;
grant select (workspace_id, xid, event_id, made_at), delete on stream.event to averment_worker;
