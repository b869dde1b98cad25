-- Pages in force, what was observed of their claims, and when each check is due.

create schema claims;
grant usage on schema claims to averment_app, averment_worker;

create table claims.revision (
    workspace_id   uuid not null references tenancy.workspace,
    page_id        text not null check (length(page_id) between 1 and 64),
    number         integer not null check (number >= 1),
    source         bytea not null check (length(source) <= 1048576),
    sha256         bytea not null check (length(sha256) = 32),
    as_of          date not null,
    in_force_since timestamptz not null,
    primary key (workspace_id, page_id, number)
);
select tenancy.adopt('claims.revision', 'page_id', 'number');
grant select, insert on claims.revision to averment_app;

-- What a revision changed against the one before; loosened and withdrawn lines stay on the page for good.
create table claims.change (
    workspace_id uuid not null,
    page_id      text not null,
    number       integer not null,
    line         integer not null check (line >= 1),
    kind         text not null check (length(kind) between 1 and 32),
    claim_id     text not null check (length(claim_id) between 1 and 100),
    before       text check (length(before) <= 4000),
    after        text check (length(after) <= 4000),
    permanent    boolean not null,
    primary key (workspace_id, page_id, number, line),
    foreign key (workspace_id, page_id, number) references claims.revision
);
select tenancy.adopt('claims.change', 'page_id', 'number', 'line');
grant select, insert on claims.change to averment_app;

-- One look of one check. Its facts are in its leaf; they lie here only when they are too large for one, and the leaf then
-- has their digest. The row can't be changed afterwards.
create table claims.observation (
    workspace_id   uuid not null,
    observation_id uuid not null,
    page_id        text not null,
    revision       integer not null,
    claim_id       text not null check (length(claim_id) between 1 and 100),
    check_id       text not null check (length(check_id) between 1 and 100),
    check_type     text not null check (length(check_type) between 1 and 100),
    observed_at    timestamptz not null,
    received_at    timestamptz not null,
    verdict        text not null check (verdict in ('proven', 'attested', 'unproven', 'failing')),
    reason         text not null check (length(reason) <= 2000),
    subjects       integer not null check (subjects >= 0),
    facts          text check (length(facts) <= 1048576),
    leaf_id        uuid not null,
    primary key (workspace_id, observation_id),
    foreign key (workspace_id, page_id, revision) references claims.revision (workspace_id, page_id, number)
);
create index observation_by_leaf on claims.observation (workspace_id, leaf_id);
create index observation_latest on claims.observation (workspace_id, page_id, claim_id, check_id, received_at desc);
select tenancy.adopt('claims.observation', 'observation_id');
grant select, insert on claims.observation to averment_app;

-- A claim's verdict from one moment to the next change: a row is inserted when the verdict changes, never altered.
create table claims.verdict (
    workspace_id uuid not null,
    page_id      text not null,
    claim_id     text not null check (length(claim_id) between 1 and 100),
    since        timestamptz not null,
    verdict      text not null check (verdict in ('proven', 'attested', 'exempt', 'stale', 'unproven', 'failing')),
    reason       text not null check (length(reason) <= 2000),
    primary key (workspace_id, page_id, claim_id, since)
);
select tenancy.adopt('claims.verdict', 'page_id', 'claim_id');
grant select, insert on claims.verdict to averment_app;

-- When each check runs next. The worker takes due rows of all workspaces; the lease frees a dead worker's rows.
create table claims.schedule (
    workspace_id uuid not null,
    page_id      text not null,
    claim_id     text not null check (length(claim_id) between 1 and 100),
    check_id     text not null check (length(check_id) between 1 and 100),
    every        interval not null check (every >= interval '1 second'),
    due_at       timestamptz not null,
    leased_until timestamptz,
    fence        bigint not null default 0,
    primary key (workspace_id, page_id, claim_id, check_id)
);
create index schedule_due on claims.schedule (due_at);
alter table claims.schedule enable row level security;
alter table claims.schedule force row level security;
create policy workspace on claims.schedule to averment_app
    using (workspace_id = (select tenancy.workspace()))
    with check (workspace_id = (select tenancy.workspace()));
create policy worker on claims.schedule to averment_worker using (true) with check (true);
grant select, insert, update, delete on claims.schedule to averment_app;
grant select, update (due_at, leased_until, fence) on claims.schedule to averment_worker;
