-- A small application that isolates its tenants well: every database check must be proven on it.
create role sample_owner nologin;
create role sample_seal nologin;
create role sample_app login;
create role sample_probe login;

do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
end $$;
create schema tenancy authorization sample_seal;
create schema app authorization sample_owner;
create schema audit authorization sample_owner;
grant usage on schema tenancy, app, audit to sample_app;
grant usage on schema tenancy to sample_owner;

-- Two seals: the application's, over workspace and backend, opens a context; the database's own, over the transaction's
-- begin as well, is what the policies ask for. The runtime role can read neither key nor the function that uses it. The key
-- is kept as its two padded halves, so that two built-in sha256 calls make the HMAC.
set role sample_seal;
create table tenancy.seal_key (inner_pad bytea not null, outer_pad bytea not null);
create function tenancy.mac(message text) returns bytea
  language sql stable set search_path = pg_catalog, pg_temp
  as $$ select sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))) from tenancy.seal_key $$;
create function tenancy.enter(workspace uuid, seal bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if seal is distinct from tenancy.mac(workspace || '|' || pg_backend_pid()) then
    raise exception 'the workspace is not sealed by the application' using errcode = '42501';
  end if;
  perform set_config('sample.workspace', workspace::text, true),
          set_config('sample.seal', encode(tenancy.mac(workspace || '|' || pg_backend_pid() || '|' || now()), 'hex'), true);
end $$;
create function tenancy.workspace() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace text := nullif(current_setting('sample.workspace', true), '');
  seal text := current_setting('sample.seal', true);
begin
  if workspace is null then return null; end if;
  if seal is distinct from encode(tenancy.mac(workspace || '|' || pg_backend_pid() || '|' || now()), 'hex') then
    raise exception 'the workspace context is not sealed' using errcode = '42501';
  end if;
  return workspace::uuid;
end $$;
revoke all on function tenancy.mac(text), tenancy.enter(uuid, bytea), tenancy.workspace() from public;
grant execute on function tenancy.enter(uuid, bytea) to sample_app;
grant execute on function tenancy.workspace() to sample_app, sample_owner;
reset role;

set role sample_owner;
create table app.plan (code text primary key, seats integer not null);
create table app.workspace (workspace_id uuid primary key, name text not null, plan text not null references app.plan);
create table app.project (
  workspace_id uuid not null references app.workspace,
  id uuid not null,
  title text not null,
  primary key (workspace_id, id),
  unique (workspace_id, title));
create table app.task (
  workspace_id uuid not null references app.workspace,
  id uuid not null,
  project_id uuid,
  state text not null check (state in ('open', 'done')),
  due timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references app.project on delete set null (project_id));
create index task_due on app.task (workspace_id, due);
create table app.remark (
  workspace_id uuid not null,
  task_id uuid not null,
  number integer not null,
  body text not null,
  primary key (workspace_id, task_id, number),
  foreign key (workspace_id, task_id) references app.task on delete cascade);
create table app.sign_in (
  workspace_id uuid not null references app.workspace,
  id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, id));
create table audit.leaf (
  workspace_id uuid not null,
  id uuid not null default gen_random_uuid(),
  written_by xid8 not null default pg_current_xact_id(),
  command text not null,
  relation text not null,
  primary key (workspace_id, id));

create function audit.record_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  row record := case when tg_op = 'DELETE' then old else new end;
begin
  insert into audit.leaf (workspace_id, command, relation)
    values (row.workspace_id, tg_op, tg_table_schema || '.' || tg_table_name);
  return null;
end $$;
revoke all on function audit.record_change() from public;

do $$
declare
  t regclass;
begin
  foreach t in array array['app.workspace', 'app.project', 'app.task', 'app.remark', 'app.sign_in', 'audit.leaf']::regclass[] loop
    execute format('alter table %s enable row level security, force row level security', t);
    execute format('create policy workspace on %s using (workspace_id = (select tenancy.workspace()))', t);
    if t <> 'audit.leaf'::regclass then
      execute format('create trigger record_change after insert or update or delete on %s
                        for each row execute function audit.record_change()', t);
      execute format('alter table %s enable always trigger record_change', t);
    end if;
  end loop;
end $$;
grant select on app.plan to sample_app;
grant select, insert, update, delete on app.workspace, app.project, app.task, app.remark to sample_app;
grant select, insert on app.sign_in, audit.leaf to sample_app;
reset role;

insert into tenancy.seal_key values (
  decode(repeat('36', 64), 'hex') , decode(repeat('5c', 64), 'hex'));
insert into app.plan values ('small', 3);
insert into app.workspace values
  ('aaaaaaaa-0000-7000-8000-000000000001', 'Canary A', 'small'),
  ('bbbbbbbb-0000-7000-8000-000000000002', 'Canary B', 'small');
insert into app.project select workspace_id, gen_random_uuid(), 'First' from app.workspace;
insert into app.task select workspace_id, gen_random_uuid(), id, 'open', '2030-01-01' from app.project;
insert into app.remark select workspace_id, id, 1, 'Well' from app.task;
insert into app.sign_in select workspace_id, gen_random_uuid(), '2026-01-01' from app.workspace;
