-- The evidence log: one log a workspace. Writers insert an unsequenced leaf in the transaction of the change; one
-- integrator gives it its place, rehashes the stored bytes, writes tiles and signs a checkpoint.

create schema evidence;
grant usage on schema evidence to averment_app, averment_auth, averment_worker, averment_log;

-- Bounds of what every change writes. A CHECK of the table would be read from the catalog anew by every statement, which
-- costs as much as the insert itself.
create domain evidence.action_name as text check (length(value) between 1 and 100);
create domain evidence.entry as bytea check (length(value) between 2 and 65535);
create domain evidence.value_path as text check (length(value) between 1 and 200);
create domain evidence.salt as bytea check (length(value) >= 16);

-- No foreign keys out of the log: a cascade would delete evidence without any right to.
create table evidence.log (
    workspace_id uuid primary key,
    -- Holds the workspace's own id, so it is unique by itself; a unique index over all logs would tell of others'.
    origin       text not null check (length(origin) between 1 and 200 and position(workspace_id::text in origin) > 0),
    created_at   timestamptz not null default now()
);

create table evidence.leaf (
    workspace_id uuid not null,
    leaf_id      uuid not null,
    action       evidence.action_name not null,
    recorded_at  timestamptz not null default now(),
    bytes        evidence.entry not null,
    primary key (workspace_id, leaf_id)
);

-- The integrator's queue. Rows come and go; only the triggers below fill it, and only the integrator sees it.
create table evidence.pending (
    workspace_id uuid not null,
    place        bigint generated always as identity,
    leaf_id      uuid not null,
    primary key (workspace_id, place)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index pending_in_order on evidence.pending (place);

create table evidence.leaf_index (
    workspace_id uuid not null,
    seq          bigint not null check (seq >= 0),
    leaf_id      uuid not null,
    leaf_hash    bytea not null check (length(leaf_hash) = 32),
    primary key (workspace_id, seq),
    unique (workspace_id, leaf_id)
);

create table evidence.tree (
    workspace_id uuid primary key,
    size         bigint not null check (size >= 0),
    root         bytea not null check (length(root) = 32)
);

-- The widest form of each tile; a narrower one is its beginning. Hashes don't compress: looking for something to compress
-- in each tile cost more than storing it.
create table evidence.tile (
    workspace_id uuid not null,
    level        smallint not null check (level between 0 and 63),
    n            bigint not null check (n >= 0),
    data         bytea not null check (length(data) between 32 and 8192 and length(data) % 32 = 0),
    primary key (workspace_id, level, n)
);
alter table evidence.tile alter column data set storage external;

create table evidence.checkpoint (
    workspace_id uuid not null,
    size         bigint not null check (size >= 0),
    signed_at    timestamptz not null,
    note         text not null check (length(note) <= 16384),
    primary key (workspace_id, size)
);

-- Values that leaves hold only as salted digests. Erasing a subject deletes rows here; every proof stays valid.
create table evidence.disclosure (
    workspace_id uuid not null,
    leaf_id      uuid not null,
    path         evidence.value_path not null,
    subject_id   uuid,
    salt         evidence.salt not null,
    ciphertext   bytea,
    primary key (workspace_id, leaf_id, path)
);
create index disclosure_by_subject on evidence.disclosure (workspace_id, subject_id) where subject_id is not null;

create table evidence.subject_key (
    workspace_id uuid not null,
    subject_id   uuid not null,
    wrapped      bytea not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, subject_id)
);

do $$
declare
    t text;
begin
    foreach t in array array['log', 'leaf', 'pending', 'leaf_index', 'tree', 'tile', 'checkpoint', 'disclosure', 'subject_key'] loop
        execute format('alter table evidence.%I enable row level security', t);
        execute format('alter table evidence.%I force row level security', t);
        execute format('create policy workspace on evidence.%I to averment_app, averment_auth, averment_worker
                            using (workspace_id = (select tenancy.workspace()))
                            with check (workspace_id = (select tenancy.workspace()))', t);
    end loop;
    foreach t in array array['log', 'leaf', 'pending', 'leaf_index', 'tree', 'tile', 'checkpoint'] loop
        execute format('create policy integrator on evidence.%I to averment_log using (true) with check (true)', t);
    end loop;
    foreach t in array array['leaf', 'pending', 'disclosure'] loop
        execute format('create policy recorder on evidence.%I for insert to averment_seal with check (true)', t);
    end loop;
end
$$;
create policy recorder on evidence.log for select to averment_seal using (true);

grant select, insert on evidence.log, evidence.leaf to averment_app;
grant select on evidence.leaf_index, evidence.tree, evidence.tile, evidence.checkpoint to averment_app;
grant select, insert on evidence.leaf to averment_auth, averment_worker;
grant select on evidence.log to averment_auth, averment_worker;
grant select, insert, delete on evidence.disclosure to averment_app;
grant select, insert, delete on evidence.subject_key to averment_app;

-- The integrator also writes leaves: checkpoints of every log, into the anchor log.
grant select on evidence.log to averment_log;
grant select, insert on evidence.leaf to averment_log;
grant select, delete on evidence.pending to averment_log;
grant select, insert on evidence.leaf_index, evidence.checkpoint to averment_log;
grant select, insert, update on evidence.tree, evidence.tile to averment_log;

-- The two functions below run as averment_seal, which nobody can be: a change is recorded and a leaf queued whatever the
-- writer may do himself, and nobody else can fill the queue.
grant usage on schema evidence to averment_seal;
grant select on evidence.log to averment_seal;
grant insert on evidence.leaf, evidence.pending, evidence.disclosure to averment_seal;

create function evidence.queue_leaves() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into evidence.pending (workspace_id, leaf_id) select l.workspace_id, l.leaf_id from new_leaves l;
    return null;
end
$$;

-- record_change queues its own leaf; nobody else can be averment_seal and pass by.
create trigger queue_leaves after insert on evidence.leaf
    referencing new table as new_leaves
    for each statement when (current_user <> 'averment_seal')
    execute function evidence.queue_leaves();
alter table evidence.leaf enable always trigger queue_leaves;

-- Writes one leaf for one changed row: who, what, and before and after as salted digests of the whole row. The salt
-- lies beside the log, so that a holder of the row can prove what it said, and nobody can guess it from the digest.
-- The bytes are RFC 8785 canonical JSON: keys in order, no spaces, to_json's escapes are the canonical ones.
-- Arguments: the columns that identify the row.
-- In a transaction of one row what costs is not the work but how many expressions are made ready for it: hence format and
-- concat where operators would read as well.
create function evidence.record_change() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set "TimeZone" = 'UTC'
as $$
declare
    was       json;
    now_is    json;
    before    jsonb;
    row_is    jsonb;
    owner_id  uuid;
    actor     text := tenancy.actor();
    verb      text := 'updated';
    crud      text := 'u';
    fields    json := '[]';
    target    text;
    col       text;
    moment    timestamptz := clock_timestamp();
    stamp     text := to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    -- Version 7 (RFC 9562): 48 bits of milliseconds (eleven digits of them until 2527), the version, and what a version 4
    -- has from there on.
    id        uuid := concat('0', to_hex((extract(epoch from moment) * 1000)::bigint), '7',
                             substr(gen_random_uuid()::text, 16));
    -- 244 random bits; the half that the leaf shows says nothing about the half that lies beside it.
    random    bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    salt      bytea := substr(random, 1, 16);
begin
    if tg_op = 'INSERT' then
        verb := 'inserted';
        crud := 'c';
    else
        was := row_to_json(old);
        before := was;
    end if;
    if tg_op = 'DELETE' then
        verb := 'deleted';
        crud := 'd';
        row_is := before;
    else
        now_is := row_to_json(new);
        row_is := now_is;
    end if;
    owner_id := row_is ->> 'workspace_id';
    -- No policy stands between this function and the tables of the log: the row must be of the workspace that was entered.
    if owner_id is distinct from tenancy.workspace() or owner_id is null then
        raise exception 'a change to %.% needs a sealed workspace context', tg_table_schema, tg_table_name
            using errcode = '42501';
    end if;
    foreach col in array tg_argv loop
        target := concat_ws('/', target, coalesce(row_is ->> col, ''));
    end loop;
    if tg_op = 'UPDATE' then
        fields := array_to_json(array(
            select o.key from jsonb_each(before) o
             where o.value is distinct from row_is -> o.key order by o.key collate "C"));
    end if;
    insert into evidence.leaf (workspace_id, leaf_id, action, bytes)
    select owner_id, id, concat('row.', verb), convert_to(format(
               '{"action":"row.%1$s","actor":{"id":%2$s,"type":%3$s},"category":"change",'
               '"change":{%4$s,"fields":%5$s},"crud":"%6$s","id":"%7$s","log":%8$s,"nonce":"%9$s",'
               '"outcome":{"result":"success"},"recorded_at":"%10$s","targets":[{"id":%11$s,"type":%12$s}],'
               '"time":"%10$s","v":1}',
               verb,
               to_json(split_part(actor, ':', 2)),
               to_json(split_part(actor, ':', 1)),
               concat_ws(',',
                   '"after_sha256":"' || encode(sha256(salt || convert_to(now_is::text, 'UTF8')), 'hex') || '"',
                   '"before_sha256":"' || encode(sha256(salt || convert_to(was::text, 'UTF8')), 'hex') || '"'),
               fields,
               crud,
               id,
               to_json(l.origin),
               rtrim(translate(encode(substr(random, 17), 'base64'), '+/', '-_'), '='),
               stamp,
               to_json(target),
               to_json(concat(tg_table_schema, '.', tg_table_name))), 'UTF8')
      from evidence.log l
     where l.workspace_id = owner_id;
    if not found then
        raise exception 'workspace % has no evidence log', owner_id using errcode = '23503';
    end if;
    insert into evidence.pending (workspace_id, leaf_id) values (owner_id, id);
    insert into evidence.disclosure (workspace_id, leaf_id, path, salt) values (owner_id, id, 'change', salt);
    return null;
end
$$;

grant create on schema evidence to averment_seal;
alter function evidence.queue_leaves() owner to averment_seal;
alter function evidence.record_change() owner to averment_seal;
revoke create on schema evidence from averment_seal;

-- Marks a table as a tenant table: forced row-level security under the one canonical policy, and the trigger above.
create function tenancy.adopt(tenant_table regclass, variadic key_columns text[]) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy workspace on %s
                        using (workspace_id = (select tenancy.workspace()))
                        with check (workspace_id = (select tenancy.workspace()))', tenant_table);
    perform tenancy.record_changes(tenant_table, variadic key_columns);
end
$$;

create function tenancy.record_changes(tenant_table regclass, variadic key_columns text[]) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('create trigger record_change after insert or update or delete on %s
                        for each row execute function evidence.record_change(%s)', tenant_table,
                   (select string_agg(quote_literal(c), ', ') from unnest(key_columns) c));
    execute format('alter table %s enable always trigger record_change', tenant_table);
end
$$;
revoke all on function tenancy.adopt(regclass, text[]), tenancy.record_changes(regclass, text[]) from public;
revoke all on function evidence.record_change(), evidence.queue_leaves() from public;

select tenancy.record_changes('tenancy.workspace', 'workspace_id');
select tenancy.record_changes('tenancy.member', 'account_id');
select tenancy.record_changes('evidence.log', 'workspace_id');
