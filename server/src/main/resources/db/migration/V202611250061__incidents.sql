-- Incidents: one a cause, with who owns it, what became of it in order, and what was learnt.

create schema incidents;
grant usage on schema incidents to averment_app;

create table incidents.incident (
    workspace_id    uuid not null references tenancy.workspace,
    incident_id     uuid not null,
    cause           text not null check (length(cause) between 1 and 220),
    source          text not null check (source in ('claim', 'monitor', 'hand')),
    title           text not null check (length(title) between 1 and 300),
    severity        text not null check (severity in ('P1', 'P2', 'P3')),
    -- The gravest that it ever was: making it less before it is closed spares nobody the review.
    worst           text not null check (worst in ('P1', 'P2', 'P3') and worst <= severity),
    owner           uuid,
    state           text not null check (state in ('open', 'acknowledged', 'resolved', 'closed')),
    round           integer not null default 1 check (round >= 1),
    root_run        uuid,
    opened_at       timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text check (length(acknowledged_by) <= 120),
    resolved_at     timestamptz,
    closed_at       timestamptz,
    primary key (workspace_id, incident_id),
    check ((state in ('resolved', 'closed')) = (resolved_at is not null)),
    check ((state = 'closed') = (closed_at is not null)),
    check (state <> 'acknowledged' or acknowledged_at is not null)
);
create unique index incident_one_a_cause on incidents.incident (workspace_id, cause)
    where state in ('open', 'acknowledged');
create index incident_by_state on incidents.incident (workspace_id, state, incident_id);
create index incident_by_cause on incidents.incident (workspace_id, cause, opened_at);

-- What was learnt, for each time that the incident was opened. Written once; more is said in a later one.
create table incidents.review (
    workspace_id uuid not null,
    incident_id  uuid not null,
    version      integer not null check (version >= 1),
    round        integer not null check (round >= 1),
    author       text not null check (length(author) <= 120),
    written_at   timestamptz not null,
    happened     text not null check (length(happened) between 1 and 8000),
    cause        text not null check (length(cause) between 1 and 8000),
    actions      text not null check (length(actions) between 1 and 8000),
    primary key (workspace_id, incident_id, version),
    foreign key (workspace_id, incident_id) references incidents.incident
);
select tenancy.adopt('incidents.review', 'incident_id', 'version');
grant select, insert on incidents.review to averment_app;

-- Runs with the rights of whoever changes the row, and so sees the reviews of the workspace that he is in.
create function incidents.guard_incident() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' then
        if new.worst > old.worst or new.round < old.round then
            raise exception 'the worst severity of an incident and how often it was opened are not taken back'
                using errcode = '23514';
        end if;
        if old.state = 'closed' and new.state = 'closed' then
            raise exception 'an incident that is closed is changed after it was opened again' using errcode = '23514';
        end if;
    end if;
    if new.state = 'closed' and new.worst in ('P1', 'P2') and not exists (
            select from incidents.review r
             where r.workspace_id = new.workspace_id and r.incident_id = new.incident_id and r.round = new.round) then
        raise exception 'an incident that was P1 or P2 is closed after its review' using errcode = '23514';
    end if;
    return new;
end
$$;
revoke all on function incidents.guard_incident() from public;
create trigger guard_incident before insert or update on incidents.incident
    for each row execute function incidents.guard_incident();
alter table incidents.incident enable always trigger guard_incident;
select tenancy.adopt('incidents.incident', 'incident_id');
grant select, insert, update (severity, worst, owner, state, round, root_run, acknowledged_at, acknowledged_by, resolved_at, closed_at)
    on incidents.incident to averment_app;

-- The timeline. Places are counted without gaps, so that a line that is missing is seen.
create table incidents.entry (
    workspace_id uuid not null,
    incident_id  uuid not null,
    place        integer not null check (place >= 1),
    at           timestamptz not null,
    actor        text not null check (length(actor) between 1 and 120),
    kind         text not null check (length(kind) between 1 and 32),
    text         text not null check (length(text) between 1 and 4000),
    evidence     text not null check (length(evidence) <= 200),
    primary key (workspace_id, incident_id, place),
    foreign key (workspace_id, incident_id) references incidents.incident
);
create function incidents.add_only() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception '%.% can only be added to', tg_table_schema, tg_table_name using errcode = '42501';
end
$$;
revoke all on function incidents.add_only() from public;
create trigger add_only before update or delete or truncate on incidents.entry
    for each statement execute function incidents.add_only();
alter table incidents.entry enable always trigger add_only;
create trigger add_only before update or delete or truncate on incidents.review
    for each statement execute function incidents.add_only();
alter table incidents.review enable always trigger add_only;
select tenancy.adopt('incidents.entry', 'incident_id', 'place');
grant select, insert on incidents.entry to averment_app;

-- Monitors that are part of an incident: the root, and those that went down with it.
create table incidents.affected (
    workspace_id uuid not null,
    incident_id  uuid not null,
    monitor_id   uuid not null,
    name         text not null check (length(name) between 1 and 300),
    root         boolean not null,
    run_id       uuid,
    since        timestamptz not null,
    until        timestamptz,
    primary key (workspace_id, incident_id, monitor_id),
    foreign key (workspace_id, incident_id) references incidents.incident
);
create index affected_by_monitor on incidents.affected (workspace_id, monitor_id) where until is null;
select tenancy.adopt('incidents.affected', 'incident_id', 'monitor_id');
grant select, insert, update (root, run_id, since, until) on incidents.affected to averment_app;

-- On what an affected monitor depended when it went down: a dependency that goes down a little later is the root after all.
create table incidents.dependency (
    workspace_id uuid not null,
    incident_id  uuid not null,
    monitor_id   uuid not null,
    depends_on   uuid not null,
    primary key (workspace_id, incident_id, monitor_id, depends_on),
    foreign key (workspace_id, incident_id, monitor_id) references incidents.affected
);
create index dependency_by_cause on incidents.dependency (workspace_id, depends_on);
select tenancy.adopt('incidents.dependency', 'incident_id', 'monitor_id', 'depends_on');
grant select, insert on incidents.dependency to averment_app;

-- How grave an incident is and whose, by what it is about: the most exact rule counts.
create table incidents.rule (
    workspace_id uuid not null references tenancy.workspace,
    about        text not null check (about in ('claim', 'page', 'page-owner', 'monitor', 'claims', 'monitors')),
    subject      text not null check (length(subject) <= 200),
    severity     text not null check (severity in ('P1', 'P2', 'P3')),
    owner        uuid,
    primary key (workspace_id, about, subject),
    check ((about in ('claims', 'monitors')) = (subject = ''))
);
select tenancy.adopt('incidents.rule', 'about', 'subject');
grant select, insert, delete on incidents.rule to averment_app;

-- The chain that an incident climbs while nobody acknowledges it. A step without targets goes to every channel.
create table incidents.step (
    workspace_id uuid not null references tenancy.workspace,
    place        integer not null check (place between 1 and 10),
    after        text not null check (length(after) between 2 and 16),
    primary key (workspace_id, place)
);
select tenancy.adopt('incidents.step', 'place');
grant select, insert, delete on incidents.step to averment_app;

create table incidents.target (
    workspace_id uuid not null,
    place        integer not null,
    kind         text not null check (kind in ('channel', 'person')),
    target       uuid not null,
    primary key (workspace_id, place, kind, target),
    foreign key (workspace_id, place) references incidents.step
);
select tenancy.adopt('incidents.target', 'place', 'kind', 'target');
grant select, insert, delete on incidents.target to averment_app;
