-- Deadlines: when each began, when it is due, and how it ended.

create schema clocks;
grant usage on schema clocks to averment_app;

-- When a workspace's people are at work. A change is a new version: a clock keeps the one by which it was counted.
create table clocks.calendar (
    workspace_id uuid not null references tenancy.workspace,
    version      integer not null check (version >= 1),
    zone         text not null check (length(zone) between 1 and 64),
    region       text not null check (length(region) <= 16),
    week         text not null check (length(week) between 1 and 1000),
    closures     text not null check (length(closures) <= 4000),
    made_at      timestamptz not null,
    primary key (workspace_id, version)
);
select tenancy.adopt('clocks.calendar', 'version');
grant select, insert on clocks.calendar to averment_app;

create table clocks.clock (
    workspace_id uuid not null references tenancy.workspace,
    clock_id     uuid not null,
    subject      text not null check (length(subject) between 1 and 200),
    rule         text not null check (length(rule) between 1 and 64),
    term         text not null check (length(term) between 2 and 16),
    calendar     integer not null check (calendar >= 0),
    started_at   timestamptz not null,
    due_at       timestamptz not null check (due_at >= started_at),
    stopped_at   timestamptz,
    outcome      text check (outcome in ('met', 'missed', 'withdrawn')),
    because      text check (length(because) <= 300),
    primary key (workspace_id, clock_id),
    -- Who is done at the very moment is in time; who is later is not, whatever anybody writes.
    check (case outcome when 'met' then stopped_at between started_at and due_at
                        when 'missed' then stopped_at is null or stopped_at > due_at
                        when 'withdrawn' then stopped_at is not null
                        else stopped_at is null end)
);
create unique index clock_running on clocks.clock (workspace_id, subject, rule) where stopped_at is null;
create index clock_due on clocks.clock (workspace_id, due_at) where outcome is null;
create index clock_by_rule on clocks.clock (workspace_id, rule, started_at);

-- How a clock ended is not rewritten; a missed one may be stopped late, once.
create function clocks.keep_outcome() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.stopped_at is not null or (old.outcome is not null and new.outcome is distinct from old.outcome) then
        raise exception 'a clock that has ended stays as it ended' using errcode = '23514';
    end if;
    return new;
end
$$;
revoke all on function clocks.keep_outcome() from public;
create trigger keep_outcome before update on clocks.clock for each row execute function clocks.keep_outcome();
alter table clocks.clock enable always trigger keep_outcome;
select tenancy.adopt('clocks.clock', 'clock_id');
grant select, insert, update (stopped_at, outcome, because) on clocks.clock to averment_app;
