-- The evidence log: one log a workspace. Writers insert an unsequenced leaf in the transaction of the change; one
-- integrator gives it its place, rehashes the stored bytes, writes tiles and signs a checkpoint.

create schema evidence;
grant usage on schema evidence to averment_app, averment_auth, averment_worker, averment_log;

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
    action       text not null check (length(action) between 1 and 100),
    recorded_at  timestamptz not null default now(),
    bytes        bytea not null check (length(bytes) between 2 and 65535),
    primary key (workspace_id, leaf_id)
);

-- The integrator's queue. Rows come and go; only the integrator sees them.
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

-- The widest form of each tile; a narrower one is its beginning.
create table evidence.tile (
    workspace_id uuid not null,
    level        smallint not null check (level between 0 and 63),
    n            bigint not null check (n >= 0),
    data         bytea not null check (length(data) between 32 and 8192 and length(data) % 32 = 0),
    primary key (workspace_id, level, n)
);

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
    path         text not null check (length(path) between 1 and 200),
    subject_id   uuid,
    salt         bytea not null check (length(salt) >= 16),
    ciphertext   bytea,
    primary key (workspace_id, leaf_id, path)
);
create index disclosure_by_subject on evidence.disclosure (workspace_id, subject_id);

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
end
$$;

grant select, insert on evidence.log, evidence.leaf to averment_app;
grant select on evidence.leaf_index, evidence.tree, evidence.tile, evidence.checkpoint to averment_app;
grant insert on evidence.pending to averment_app, averment_auth, averment_worker;
grant select, insert on evidence.leaf to averment_auth, averment_worker;
grant select on evidence.log to averment_auth, averment_worker;
grant select, insert, delete on evidence.disclosure to averment_app;
grant insert on evidence.disclosure to averment_auth, averment_worker;
grant select, insert, delete on evidence.subject_key to averment_app;

-- The integrator also writes leaves: checkpoints of every log, into the anchor log.
grant select on evidence.log to averment_log;
grant select, insert on evidence.leaf to averment_log;
grant select, insert, delete on evidence.pending to averment_log;
grant select, insert on evidence.leaf_index, evidence.checkpoint to averment_log;
grant select, insert, update on evidence.tree, evidence.tile to averment_log;

create function evidence.queue_leaves() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into evidence.pending (workspace_id, leaf_id) select l.workspace_id, l.leaf_id from new_leaves l;
    return null;
end
$$;
create trigger queue_leaves after insert on evidence.leaf
    referencing new table as new_leaves
    for each statement execute function evidence.queue_leaves();
alter table evidence.leaf enable always trigger queue_leaves;

-- Writes one leaf for one changed row: who, what, and before and after as salted digests of the whole row. The salt
-- lies beside the log, so that a holder of the row can prove what it said, and nobody can guess it from the digest.
-- The bytes are RFC 8785 canonical JSON: keys in order, no spaces, to_json's escapes are the canonical ones.
-- Arguments: the columns that identify the row.
create function evidence.record_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set "TimeZone" = 'UTC'
as $$
declare
    was       json := case when tg_op <> 'INSERT' then row_to_json(old) end;
    now_is    json := case when tg_op <> 'DELETE' then row_to_json(new) end;
    row_is    json := coalesce(now_is, was);
    owner_id  uuid := (row_is ->> 'workspace_id')::uuid;
    actor     text := tenancy.actor();
    -- Version 7 (RFC 9562): the version-4 bits 0100 become 0111, the first 48 bits the time in milliseconds.
    id        uuid := encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
                          substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                          from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
    salt      bytea := substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) from 1 for 16);
    nonce     text := rtrim(translate(encode(substring(
                          sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) from 1 for 16),
                          'base64'), '+/', '-_'), '=');
    moment    text := to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    origin    text;
    target    text := '';
    fields    text := '';
    digests   text;
    col       text;
begin
    if actor is null then
        raise exception 'a change to %.% needs a sealed workspace context', tg_table_schema, tg_table_name
            using errcode = '42501';
    end if;
    select l.origin into origin from evidence.log l where l.workspace_id = owner_id;
    if origin is null then
        raise exception 'workspace % has no evidence log', owner_id using errcode = '23503';
    end if;
    foreach col in array tg_argv loop
        target := target || case when target = '' then '' else '/' end || coalesce(row_is ->> col, '');
    end loop;
    if tg_op = 'UPDATE' then
        select coalesce(string_agg(to_json(n.key)::text, ',' order by n.key collate "C"), '')
          into fields
          from json_each_text(now_is) n
          join json_each_text(was) o on o.key = n.key
         where n.value is distinct from o.value;
    end if;
    digests := concat_ws(',',
        '"after_sha256":"' || encode(sha256(salt || convert_to(now_is::text, 'UTF8')), 'hex') || '"',
        '"before_sha256":"' || encode(sha256(salt || convert_to(was::text, 'UTF8')), 'hex') || '"');
    insert into evidence.leaf (workspace_id, leaf_id, action, bytes) values (
        owner_id, id, 'row.' || case tg_op when 'INSERT' then 'inserted' when 'UPDATE' then 'updated' else 'deleted' end,
        convert_to(
            '{"action":"row.' || case tg_op when 'INSERT' then 'inserted' when 'UPDATE' then 'updated' else 'deleted' end
            || '","actor":{"id":' || to_json(split_part(actor, ':', 2))::text
            || ',"type":' || to_json(split_part(actor, ':', 1))::text
            || '},"category":"change","change":{' || digests || ',"fields":[' || fields
            || ']},"crud":"' || case tg_op when 'INSERT' then 'c' when 'UPDATE' then 'u' else 'd' end
            || '","id":"' || id || '","log":' || to_json(origin)::text
            || ',"nonce":"' || nonce
            || '","outcome":{"result":"success"},"recorded_at":"' || moment
            || '","targets":[{"id":' || to_json(target)::text
            || ',"type":' || to_json(tg_table_schema || '.' || tg_table_name)::text
            || '}],"time":"' || moment || '","v":1}', 'UTF8'));
    insert into evidence.disclosure (workspace_id, leaf_id, path, salt)
        values (owner_id, id, 'change', salt);
    return null;
end
$$;

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
grant execute on function evidence.record_change(), evidence.queue_leaves() to averment_app, averment_auth, averment_worker, averment_log;

select tenancy.record_changes('tenancy.workspace', 'workspace_id');
select tenancy.record_changes('tenancy.member', 'account_id');
select tenancy.record_changes('evidence.log', 'workspace_id');
