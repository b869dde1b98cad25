-- The sealed workspace context, and the table of workspaces.
--
-- The context of a transaction lives in a parameter of the server that the runtime roles can read and not set:
-- backtrace_functions, which only a superuser and averment_seal may set. tenancy.enter puts it there, for as long as the
-- transaction lasts, against an HMAC-SHA256 over workspace|actor|backend under a key that only averment_seal can read. So a
-- role that runs set_config itself (injected SQL) can't make a context that it wasn't given, nor keep the one it has.
-- Why this parameter: docs/decisions/0017.

create schema seal;
create schema tenancy;

grant usage, create on schema seal, tenancy to averment_seal;

set role averment_seal;

create table seal.key (
    only_one  boolean primary key default true check (only_one),
    inner_pad bytea not null check (length(inner_pad) = 64),
    outer_pad bytea not null check (length(outer_pad) = 64)
);
revoke all on seal.key from public;

-- Puts the transaction into a workspace, or raises 42501. The parameter takes letters, digits and _ only: the workspace is
-- its 32 hex digits, the actor is in hex. The seals are compared by their digests, so that the time that the comparison
-- takes tells nothing of a seal; whatever is null is refused.
create function tenancy.enter(workspace uuid, actor text, seal bytea) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('backtrace_functions',
                       concat('averment_', encode(uuid_send(workspace) || convert_to(actor, 'UTF8'), 'hex')), true)
       from seal.key k
      where sha256(seal) = sha256(sha256(k.outer_pad || sha256(k.inner_pad
                               || convert_to(concat(workspace, '|', actor, '|', pg_backend_pid()), 'UTF8'))));
    if not found then
        raise exception 'the workspace context is not sealed by the application' using errcode = '42501';
    end if;
end
$$;

-- The workspace that the transaction has entered, null when it entered none. Parsed where it is made, so that no
-- search_path of the caller's can change what it means, and plain enough for the planner to put in place of the call.
create function tenancy.workspace() returns uuid
    language sql stable
    return case when starts_with(current_setting('backtrace_functions'), 'averment_')
                then substr(current_setting('backtrace_functions'), 10, 32)::uuid end;

-- Who acts in the transaction's context: type:id, such as user:0190… or service:prover.
create function tenancy.actor() returns text
    language sql stable
    return case when starts_with(current_setting('backtrace_functions'), 'averment_')
                then convert_from(decode(substr(current_setting('backtrace_functions'), 42), 'hex'), 'UTF8') end;

revoke all on function tenancy.enter(uuid, text, bytea), tenancy.workspace(), tenancy.actor() from public;
grant execute on function tenancy.enter(uuid, text, bytea) to averment_app, averment_auth, averment_worker;
grant execute on function tenancy.workspace(), tenancy.actor()
    to averment_app, averment_auth, averment_worker, averment_log;

reset role;
revoke create on schema seal, tenancy from averment_seal;
grant usage on schema seal, tenancy to averment_seal;

grant usage on schema tenancy to averment_app, averment_auth, averment_worker, averment_log;

create table tenancy.workspace (
    workspace_id uuid primary key,
    name         text not null check (length(name) between 1 and 200),
    kind         text not null check (kind in ('customer', 'operator', 'system', 'anchor', 'canary')),
    region       text not null default 'unset' check (length(region) between 1 and 64),
    created_at   timestamptz not null default now()
);
alter table tenancy.workspace enable row level security;
alter table tenancy.workspace force row level security;
create policy workspace on tenancy.workspace
    using (workspace_id = (select tenancy.workspace()))
    with check (workspace_id = (select tenancy.workspace()));
grant select, insert, update, delete on tenancy.workspace to averment_app;

create table tenancy.member (
    workspace_id uuid not null references tenancy.workspace,
    account_id   uuid not null,
    role         text not null check (role in ('owner', 'admin', 'member', 'viewer', 'auditor')),
    since        timestamptz not null default now(),
    primary key (workspace_id, account_id)
);
alter table tenancy.member enable row level security;
alter table tenancy.member force row level security;
create policy workspace on tenancy.member
    using (workspace_id = (select tenancy.workspace()))
    with check (workspace_id = (select tenancy.workspace()));
grant select, insert, update, delete on tenancy.member to averment_app;
