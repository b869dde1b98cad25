-- Watched workflows: what is expected of them, what was heard of them, their runs, and how each stands.

create schema monitoring;
grant usage on schema monitoring to averment_app, averment_worker, averment_ingest, averment_seal;

-- What was heard: codes of pings, and the bounds of what came with them.
create domain monitoring.ping_kind as smallint check (value between 0 and 4); -- success, start, fail, log, ignored
create domain monitoring.exit_status as smallint check (value between 0 and 255);

create table monitoring.monitor (
    workspace_id     uuid not null references tenancy.workspace,
    monitor_id       uuid not null,
    -- Whoever knows it can ping: 122 random bits, unlike the id, which everybody in the workspace may see.
    ping_id          uuid not null,
    slug             text not null check (slug ~ '^[a-z0-9_-]{0,100}$'),
    name             text not null check (length(name) between 1 and 100),
    tags             text not null default '' check (length(tags) <= 500),
    description      text not null default '' check (length(description) <= 2000),
    -- Either a cron line or calendar expression in a time zone, or an interval.
    schedule         text check (length(schedule) between 1 and 100),
    time_zone        text not null default 'UTC' check (length(time_zone) between 1 and 64),
    every_seconds    integer check (every_seconds between 1 and 31536000),
    grace_seconds    integer not null check (grace_seconds between 0 and 31536000),
    max_run_seconds  integer check (max_run_seconds between 1 and 31536000),
    min_run_seconds  integer check (min_run_seconds between 1 and 31536000),
    failures_allowed smallint not null default 0 check (failures_allowed between 0 and 100),
    muted_until      timestamptz,
    methods          text not null default '' check (methods in ('', 'POST')),
    manual_resume    boolean not null default false,
    ingest           text not null default 'open' check (ingest in ('open', 'token')),
    required_metrics text not null default '' check (length(required_metrics) <= 1000),
    made_at          timestamptz not null,
    primary key (workspace_id, monitor_id),
    check ((schedule is null) <> (every_seconds is null))
);
create index monitor_by_ping_id on monitoring.monitor (ping_id);
create index monitor_by_id on monitoring.monitor (monitor_id);
create index monitor_by_slug on monitoring.monitor (workspace_id, slug);
select tenancy.adopt('monitoring.monitor', 'monitor_id');
grant select, insert, update, delete on monitoring.monitor to averment_app;

create table monitoring.dependency (
    workspace_id uuid not null,
    monitor_id   uuid not null,
    depends_on   uuid not null check (depends_on <> monitor_id),
    primary key (workspace_id, monitor_id, depends_on),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade,
    foreign key (workspace_id, depends_on) references monitoring.monitor on delete cascade
);
select tenancy.adopt('monitoring.dependency', 'monitor_id', 'depends_on');
grant select, insert, delete on monitoring.dependency to averment_app;

-- Times in which breaks are expected: what happens then is written down and alarms nobody.
create table monitoring.maintenance (
    workspace_id   uuid not null,
    maintenance_id uuid not null,
    monitor_id     uuid not null,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null check (ends_at > starts_at),
    reason         text not null check (length(reason) between 1 and 500),
    primary key (workspace_id, maintenance_id),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade
);
create index maintenance_of_monitor on monitoring.maintenance (workspace_id, monitor_id, ends_at);
select tenancy.adopt('monitoring.maintenance', 'maintenance_id');
grant select, insert, delete on monitoring.maintenance to averment_app;

-- The secret of the slug form: one key finds all monitors of its workspace.
create table monitoring.ping_key (
    workspace_id uuid not null references tenancy.workspace,
    key_id       uuid not null,
    key_hash     bytea not null check (length(key_hash) = 32),
    made_at      timestamptz not null,
    revoked_at   timestamptz,
    primary key (workspace_id, key_id)
);
create index ping_key_by_hash on monitoring.ping_key (key_hash);
select tenancy.adopt('monitoring.ping_key', 'key_id');
grant select, insert, update, delete on monitoring.ping_key to averment_app;

-- A token is signed by the server and lies nowhere; the row says until when it counts.
create table monitoring.ingest_token (
    workspace_id uuid not null,
    token_id     uuid not null,
    monitor_id   uuid not null,
    name         text not null check (length(name) between 1 and 200),
    made_at      timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    primary key (workspace_id, token_id),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade
);
create index ingest_token_of_monitor on monitoring.ingest_token (workspace_id, monitor_id);
select tenancy.adopt('monitoring.ingest_token', 'token_id');
grant select, insert, update, delete on monitoring.ingest_token to averment_app;

-- How many pings were heard: the one row that every ping changes, narrow and without an index on what changes.
create table monitoring.heard (
    workspace_id uuid not null,
    monitor_id   uuid not null,
    pings        bigint not null default 0 check (pings >= 0),
    heard_at     timestamptz,
    primary key (workspace_id, monitor_id),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- How a monitor stands. handled and sealed say up to which ping the runs and the evidence log have come.
create table monitoring.monitor_state (
    workspace_id uuid not null,
    monitor_id   uuid not null,
    state        text not null default 'new' check (state in ('new', 'up', 'late', 'down', 'paused', 'unknown')),
    since        timestamptz not null,
    told         text not null default 'new' check (told in ('new', 'up', 'late', 'down', 'paused', 'unknown')),
    due_at       timestamptz,
    last_slot    timestamptz,
    failures     integer not null default 0 check (failures >= 0),
    quiet_run    uuid,
    handled      bigint not null default 0,
    sealed       bigint not null default 0,
    wake_at      timestamptz not null default 'infinity',
    primary key (workspace_id, monitor_id),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade
) with (fillfactor = 70);
create index monitor_state_due on monitoring.monitor_state (wake_at);

create table monitoring.ping (
    workspace_id   uuid not null,
    monitor_id     uuid not null,
    n              bigint not null check (n > 0),
    at             timestamptz not null,
    kind           monitoring.ping_kind not null,
    exit_status    monitoring.exit_status,
    rid            uuid,
    native         boolean not null,
    method         text not null check (length(method) <= 10),
    scheme         text not null check (length(scheme) <= 10),
    remote_address text not null check (length(remote_address) <= 64),
    user_agent     text not null check (length(user_agent) <= 200),
    token_id       uuid,
    hash           bytea not null check (length(hash) = 32),
    primary key (workspace_id, monitor_id, n)
);
create index ping_by_time on monitoring.ping using brin (at);
-- An event of a run counts once, however often it is sent.
create unique index ping_once on monitoring.ping (workspace_id, monitor_id, rid, kind) where native and kind <> 3;

-- What a ping carried: redacted before it came here. size and digest are of all that was sent.
create table monitoring.ping_body (
    workspace_id uuid not null,
    monitor_id   uuid not null,
    n            bigint not null,
    head         text not null check (length(head) <= 20000),
    tail         text not null check (length(tail) <= 20000),
    size         bigint not null check (size >= 0),
    left_out     bigint not null check (left_out >= 0),
    digest       bytea not null check (length(digest) = 32),
    redactions   integer not null check (redactions >= 0),
    redacted     text not null check (length(redacted) <= 500),
    metrics      text not null default '' check (length(metrics) <= 4000),
    primary key (workspace_id, monitor_id, n),
    foreign key (workspace_id, monitor_id, n) references monitoring.ping on delete cascade
);

-- Which pings an entry of the log has in its Merkle root, in order of monitor and number.
create table monitoring.ping_seal (
    workspace_id uuid not null,
    leaf_id      uuid not null,
    monitor_id   uuid not null,
    first_n      bigint not null,
    last_n       bigint not null check (last_n >= first_n),
    primary key (workspace_id, leaf_id, monitor_id)
);

create table monitoring.run (
    workspace_id   uuid not null,
    run_id         uuid not null,
    monitor_id     uuid not null,
    rid            uuid,
    slot           timestamptz,
    started_at     timestamptz,
    deadline       timestamptz,
    ended_at       timestamptz,
    status         text not null check (status in ('running', 'succeeded', 'failed', 'incomplete', 'short', 'overrun', 'missed', 'excused', 'unknown')),
    open           boolean not null,
    exit_status    monitoring.exit_status,
    reason         text not null default '' check (length(reason) <= 500),
    slots          integer not null default 1 check (slots >= 1),
    records_in     bigint check (records_in >= 0),
    records_out    bigint check (records_out >= 0),
    bytes          bigint check (bytes >= 0),
    throughput     double precision,
    peak_memory    bigint check (peak_memory >= 0),
    output_n       bigint,
    primary key (workspace_id, run_id),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade
) with (fillfactor = 80);
create index run_of_monitor on monitoring.run (workspace_id, monitor_id, run_id);
create index run_open on monitoring.run (workspace_id, monitor_id) where open;

create table monitoring.run_metric (
    workspace_id uuid not null,
    run_id       uuid not null,
    name         text not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
    value        double precision not null,
    primary key (workspace_id, run_id, name),
    foreign key (workspace_id, run_id) references monitoring.run on delete cascade
);

-- Every change of a run's status and of a monitor's state, with who made it. A monitor's has an entry of the log.
create table monitoring.transition (
    workspace_id  uuid not null,
    transition_id uuid not null,
    monitor_id    uuid not null,
    run_id        uuid,
    subject       text not null check (subject in ('run', 'monitor')),
    from_state    text not null check (length(from_state) <= 20),
    to_state      text not null check (length(to_state) <= 20),
    at            timestamptz not null,
    actor         text not null check (length(actor) between 1 and 120),
    reason        text not null check (length(reason) <= 500),
    leaf_id       uuid,
    primary key (workspace_id, transition_id),
    foreign key (workspace_id, monitor_id) references monitoring.monitor on delete cascade
);
create index transition_of_monitor on monitoring.transition (workspace_id, monitor_id, transition_id);
create index transition_of_run on monitoring.transition (workspace_id, run_id) where run_id is not null;

-- What people found out about a run.
create table monitoring.trace_note (
    workspace_id uuid not null,
    note_id      uuid not null,
    run_id       uuid not null,
    written_at   timestamptz not null,
    actor        text not null check (length(actor) between 1 and 120),
    body         text not null check (length(body) between 1 and 4000),
    primary key (workspace_id, note_id),
    foreign key (workspace_id, run_id) references monitoring.run on delete cascade
);
create index trace_note_of_run on monitoring.trace_note (workspace_id, run_id, note_id);
select tenancy.adopt('monitoring.trace_note', 'note_id');
grant select, insert on monitoring.trace_note to averment_app;

-- Held to the one policy as every tenant table. Their rows change with every ping: the log has one entry for each second of
-- pings and one for each change of a monitor's state, and none for each row.
do $$
declare
    t text;
begin
    foreach t in array array['heard', 'monitor_state', 'ping', 'ping_body', 'ping_seal', 'run', 'run_metric', 'transition'] loop
        execute format('alter table monitoring.%I enable row level security', t);
        execute format('alter table monitoring.%I force row level security', t);
        execute format('create policy workspace on monitoring.%I to averment_app
                            using (workspace_id = (select tenancy.workspace()))
                            with check (workspace_id = (select tenancy.workspace()))', t);
    end loop;
    foreach t in array array['heard', 'monitor_state'] loop
        execute format('create policy worker on monitoring.%I for select to averment_worker using (true)', t);
    end loop;
    foreach t in array array['monitor', 'ping_key', 'ingest_token', 'monitor_state', 'heard', 'ping', 'ping_body'] loop
        execute format('create policy lane on monitoring.%I to averment_seal using (true) with check (true)', t);
    end loop;
end
$$;
grant select, insert, delete on monitoring.heard to averment_app;
grant select, insert, update, delete on monitoring.monitor_state to averment_app;
grant select, insert, delete on monitoring.ping, monitoring.ping_body to averment_app;
grant select, insert on monitoring.ping_seal, monitoring.transition to averment_app;
grant select, insert, update, delete on monitoring.run to averment_app;
grant select, insert, update, delete on monitoring.run_metric to averment_app;

grant select (workspace_id, monitor_id, pings) on monitoring.heard to averment_worker;
grant select (workspace_id, monitor_id, handled, sealed, wake_at) on monitoring.monitor_state to averment_worker;

-- When a server was last there to listen, and the times in which none was: verdicts about those are unknown.
create table monitoring.heartbeat (
    only_one boolean primary key default true check (only_one),
    at       timestamptz not null
);
create table monitoring.outage (
    from_at timestamptz primary key,
    to_at   timestamptz not null check (to_at > from_at)
);
grant select, insert, update on monitoring.heartbeat to averment_worker;
grant select, insert on monitoring.outage to averment_worker;

grant select on monitoring.monitor, monitoring.ping_key, monitoring.ingest_token, monitoring.monitor_state to averment_seal;
grant select, update (pings, heard_at) on monitoring.heard to averment_seal;
grant select, insert on monitoring.ping to averment_seal;
grant insert on monitoring.ping_body to averment_seal;

-- The ingest role's one right. Takes a batch, one array a column, and pairs workspace and monitor of every row itself: by the
-- id in the address, by key and slug, or by the monitor that a token was made for (whose signature the server has checked).
-- The hash covers what the row says, the last part being the only one that may hold a bar.
--
-- outcome: 0 recorded, 1 no such monitor, 2 several of that slug, 3 no such slug under a good key, 4 the token does not count
-- any more, 5 the monitor wants a token, 6 found and, as asked, not recorded, 7 recorded before.
create function monitoring.ingest(
    ping_ids uuid[], key_hashes bytea[], slugs text[], monitors uuid[], tokens uuid[], moments bigint[], kinds smallint[],
    exits smallint[], rids uuid[], methods text[], schemes text[], addresses text[], agents text[],
    body_places bigint[], heads text[], tails text[], sizes bigint[], lefts bigint[], digests bytea[], redaction_counts integer[],
    redaction_kinds text[], metric_texts text[])
    returns table (place bigint, outcome smallint, in_workspace uuid, of_monitor uuid, number bigint)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with given as materialized (
        select g.*, timestamptz 'epoch' + g.moment * interval '1 microsecond' as at
          from unnest(ping_ids, key_hashes, slugs, monitors, tokens, moments, kinds, exits, rids, methods, schemes, addresses, agents)
               with ordinality as g (ping_id, key_hash, slug, native, token, moment, kind, exit_status, rid, method, scheme,
                                     address, agent, place)
    ), found as materialized (
        select g.*, coalesce(m.workspace_id, k.workspace_id) as workspace_id, m.monitor_id,
               case when m.monitor_id is null and k.workspace_id is not null then 3
                    when m.monitor_id is null then 1
                    when m.same > 1 then 2
                    when g.token is not null and t.token_id is null then 4
                    when m.ingest = 'token' and g.token is null then 5
                    when g.kind < 0 then 6
                    when g.native is not null and g.kind <> 3
                     and (exists (select from monitoring.ping p
                                   where p.workspace_id = m.workspace_id and p.monitor_id = m.monitor_id
                                     and p.rid = g.rid and p.kind = g.kind and p.native and p.kind <> 3)
                          or row_number() over (partition by g.native, g.rid, g.kind order by g.place) > 1) then 7
                    else 0 end as outcome,
               case when m.methods = 'POST' and g.method <> 'POST' or m.manual_resume and s.state = 'paused' then 4
                    else g.kind end as heard_as
          from given g
          left join monitoring.ping_key k on k.key_hash = g.key_hash and k.revoked_at is null
          left join lateral (
               select m.*, 1 as same from monitoring.monitor m where m.ping_id = g.ping_id
               union all
               select m.*, 1 from monitoring.monitor m where m.monitor_id = g.native
               union all
               select m.*, count(*) over () from monitoring.monitor m
                where m.workspace_id = k.workspace_id and m.slug = g.slug
               limit 1) m on true
          left join monitoring.monitor_state s on s.workspace_id = m.workspace_id and s.monitor_id = m.monitor_id
          left join monitoring.ingest_token t on t.workspace_id = m.workspace_id and t.token_id = g.token
                                             and t.monitor_id = m.monitor_id and t.expires_at > g.at
    ), accepted as materialized (
        select f.*, row_number() over (partition by f.workspace_id, f.monitor_id order by f.place) as nth
          from found f where f.outcome = 0
    ), counted as (
        update monitoring.heard h
           set pings = h.pings + a.total, heard_at = greatest(h.heard_at, a.latest)
          from (select workspace_id, monitor_id, count(*) as total, max(at) as latest from accepted
                 group by workspace_id, monitor_id order by workspace_id, monitor_id) a
         where h.workspace_id = a.workspace_id and h.monitor_id = a.monitor_id
        returning h.workspace_id, h.monitor_id, h.pings - a.total as before
    ), numbered as materialized (
        select a.*, c.before + a.nth as n, b.digest, b.head, b.tail, b.size, b.left_out, b.redactions, b.redacted, b.metrics
          from accepted a
          join counted c on c.workspace_id = a.workspace_id and c.monitor_id = a.monitor_id
          left join unnest(body_places, heads, tails, sizes, lefts, digests, redaction_counts, redaction_kinds, metric_texts)
                    as b (at_place, head, tail, size, left_out, digest, redactions, redacted, metrics) on b.at_place = a.place
    ), stored as (
        insert into monitoring.ping (workspace_id, monitor_id, n, at, kind, exit_status, rid, native, method, scheme,
                                     remote_address, user_agent, token_id, hash)
        select r.workspace_id, r.monitor_id, r.n, r.at, r.heard_as, r.exit_status, r.rid, r.native is not null, r.method,
               r.scheme, r.address, r.agent, r.token,
               sha256('\x00'::bytea || convert_to(concat(
                   r.workspace_id, '|', r.monitor_id, '|', r.n, '|', r.moment, '|', r.heard_as, '|', r.exit_status, '|', r.rid,
                   '|', case when r.native is null then 'f' else 't' end, '|', r.method, '|', r.scheme, '|', r.address, '|',
                   r.token, '|', encode(r.digest, 'hex'), '|', r.agent), 'UTF8'))
          from numbered r
    ), carried as (
        insert into monitoring.ping_body (workspace_id, monitor_id, n, head, tail, size, left_out, digest, redactions, redacted,
                                          metrics)
        select r.workspace_id, r.monitor_id, r.n, r.head, r.tail, r.size, r.left_out, r.digest, r.redactions, r.redacted,
               r.metrics
          from numbered r where r.digest is not null
    )
    select f.place, f.outcome::smallint, f.workspace_id, f.monitor_id, r.n
      from found f
      left join numbered r on r.place = f.place;
end
$$;
grant create on schema monitoring to averment_seal;
alter function monitoring.ingest(uuid[], bytea[], text[], uuid[], uuid[], bigint[], smallint[], smallint[], uuid[], text[], text[],
    text[], text[], bigint[], text[], text[], bigint[], bigint[], bytea[], integer[], text[], text[]) owner to averment_seal;
revoke create on schema monitoring from averment_seal;
set role averment_seal;
revoke all on function monitoring.ingest(uuid[], bytea[], text[], uuid[], uuid[], bigint[], smallint[], smallint[], uuid[], text[],
    text[], text[], text[], bigint[], text[], text[], bigint[], bigint[], bytea[], integer[], text[], text[]) from public;
grant execute on function monitoring.ingest(uuid[], bytea[], text[], uuid[], uuid[], bigint[], smallint[], smallint[], uuid[], text[],
    text[], text[], text[], bigint[], text[], text[], bigint[], bigint[], bytea[], integer[], text[], text[]) to averment_ingest;
reset role;
