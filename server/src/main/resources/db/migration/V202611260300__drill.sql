-- A workspace that shows what happens when something breaks: small workflows that really run, and a file that can be spoilt.

-- A channel whose receiver is the workspace itself.
alter table delivery.channel drop constraint channel_kind_check;
alter table delivery.channel add constraint channel_kind_check
    check (kind in ('webhook', 'email', 'slack', 'teams', 'discord', 'pagerduty', 'sms', 'inbox'));

-- What arrived there; a message that comes twice is there once.
create table delivery.inbox (
    workspace_id uuid not null,
    channel_id   uuid not null,
    delivery_id  uuid not null,
    title        text not null check (length(title) between 1 and 300),
    body         text not null check (length(body) <= 4000),
    received_at  timestamptz not null,
    primary key (workspace_id, channel_id, delivery_id),
    foreign key (workspace_id, channel_id) references delivery.channel
);
select tenancy.adopt('delivery.inbox', 'channel_id', 'delivery_id');
grant select, insert, delete on delivery.inbox to averment_app;

create schema drill;
grant usage on schema drill to averment_app;

-- One demo at a time in a workspace; those that were taken away stay as a row. It sleeps from until on. mended_at is null while a
-- drill goes on.
create table drill.demo (
    workspace_id uuid not null references tenancy.workspace,
    demo_id      uuid not null,
    channel_id   uuid not null,
    mend_after   integer not null check (mend_after between 3 and 600),
    made_at      timestamptz not null,
    until        timestamptz not null,
    asleep       boolean not null,
    broken_at    timestamptz,
    mends_at     timestamptz,
    mended_at    timestamptz,
    removed_at   timestamptz,
    primary key (workspace_id, demo_id)
);
create unique index demo_once on drill.demo (workspace_id) where removed_at is null;
select tenancy.adopt('drill.demo', 'demo_id');
grant select, insert, update on drill.demo to averment_app;

create table drill.workflow (
    workspace_id uuid not null,
    demo_id      uuid not null,
    name         text not null check (name in ('export', 'copy', 'load', 'report')),
    monitor_id   uuid not null,
    primary key (workspace_id, demo_id, name),
    foreign key (workspace_id, demo_id) references drill.demo
);
select tenancy.adopt('drill.workflow', 'demo_id', 'name');
grant select, insert, delete on drill.workflow to averment_app;

-- What the workflows read and write. The digest is of the body as it was written.
create table drill.file (
    workspace_id uuid not null,
    demo_id      uuid not null,
    name         text not null check (name in ('orders.csv', 'totals.csv', 'report.txt', 'export.json', 'export.json.gz')),
    body         bytea not null check (length(body) <= 65536),
    digest       bytea not null check (length(digest) = 32),
    written_at   timestamptz not null,
    primary key (workspace_id, demo_id, name),
    foreign key (workspace_id, demo_id) references drill.demo
);
select tenancy.adopt('drill.file', 'demo_id', 'name');
grant select, insert, update, delete on drill.file to averment_app;
