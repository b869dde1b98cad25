-- Work that outlives the process: a row is written in the transaction of the change that asks for it, and goes when the work
-- is done. What was tried stays in jobs.attempt for a while.

create schema jobs;
grant usage on schema jobs to averment_app, averment_worker;

-- Bounds as domains: see V202611220910.
create domain jobs.kind as text check (length(value) between 1 and 100);
create domain jobs.arguments as text check (octet_length(value) between 2 and 8192);
create domain jobs.unique_key as text check (length(value) between 1 and 200);
create domain jobs.error as text check (length(value) <= 500);
create domain jobs.outcome as text
    check (value in ('done', 'again', 'failed', 'dead', 'lost', 'handed-back'));

-- state: 0 ready, 1 running, 2 scheduled for later, 3 dead. Rows change too often for an entry of the log each, and say nothing
-- that the change does not say for which they were written. No reference to the workspace: every insert would pay for it.
create table jobs.job (
    workspace_id uuid not null,
    job_id       bigint generated always as identity,
    kind         jobs.kind not null,
    args         jobs.arguments not null,
    state        smallint not null,
    priority     smallint not null,
    run_at       timestamptz not null,
    made_at      timestamptz not null,
    attempt      integer not null default 0,
    max_attempts integer not null,
    unique_key   jobs.unique_key,
    locked_by    uuid,
    locked_at    timestamptz,
    locked_until timestamptz,
    dead_at      timestamptz,
    last_error   jobs.error,
    primary key (workspace_id, job_id),
    constraint job_state check (state between 0 and 3 and (state = 1) = (locked_by is not null)
        and (state = 1) = (locked_until is not null) and (state = 3) = (dead_at is not null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

-- What is ready, by workspace: a claim goes from one to the next and takes a few of each.
create index job_ready on jobs.job (workspace_id, priority, run_at, job_id) where state = 0;
create index job_scheduled on jobs.job (run_at) where state = 2;
create index job_running on jobs.job (locked_until) where state = 1;
create index job_dead on jobs.job (workspace_id, job_id) where state = 3;
create unique index job_unique on jobs.job (workspace_id, kind, unique_key) where state < 3 and unique_key is not null;

alter table jobs.job enable row level security;
alter table jobs.job force row level security;
create policy workspace on jobs.job to averment_app
    using (workspace_id = (select tenancy.workspace()))
    with check (workspace_id = (select tenancy.workspace()));
create policy worker on jobs.job to averment_worker using (true) with check (true);
grant select, insert, update, delete on jobs.job to averment_app;
-- A worker makes no jobs.
grant select, delete on jobs.job to averment_worker;
grant update (state, run_at, attempt, max_attempts, locked_by, locked_at, locked_until, dead_at, last_error)
    on jobs.job to averment_worker;

-- Every try that ended, however it did; error says why without what only the receiver may know.
create table jobs.attempt (
    workspace_id uuid not null,
    job_id       bigint not null,
    n            integer not null check (n >= 1),
    kind         jobs.kind not null,
    worker       uuid not null,
    started_at   timestamptz not null,
    ended_at     timestamptz not null,
    outcome      jobs.outcome not null,
    error        jobs.error,
    primary key (workspace_id, job_id, n)
) with (autovacuum_vacuum_insert_scale_factor = 0.2);
-- Rows come in the order of time: the purge needs no more than where old ones lie.
create index attempt_by_time on jobs.attempt using brin (ended_at);

alter table jobs.attempt enable row level security;
alter table jobs.attempt force row level security;
create policy workspace on jobs.attempt to averment_app
    using (workspace_id = (select tenancy.workspace()))
    with check (workspace_id = (select tenancy.workspace()));
create policy worker on jobs.attempt to averment_worker using (true) with check (true);
grant select, insert on jobs.attempt to averment_app;
grant select, insert, delete on jobs.attempt to averment_worker;
