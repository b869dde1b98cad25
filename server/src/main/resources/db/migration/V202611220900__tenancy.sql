-- The sealed workspace context, and the table of workspaces.
--
-- A context is three transaction-local settings: averment.workspace, averment.actor and averment.seal. The seal is
-- HMAC-SHA256 over workspace|actor|backend under a key that only averment_seal can read, so a role that runs
-- set_config itself (injected SQL) can't make a context that it wasn't given.

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

-- True when the transaction's context bears a valid seal; raises 42501 when it bears a wrong one.
create function seal.verified() returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    workspace text := nullif(current_setting('averment.workspace', true), '');
    actor     text := coalesce(current_setting('averment.actor', true), '');
    given     text := coalesce(current_setting('averment.seal', true), '');
    wanted    text;
begin
    if workspace is null then
        return false;
    end if;
    select encode(sha256(k.outer_pad || sha256(k.inner_pad
               || convert_to(workspace || '|' || actor || '|' || pg_backend_pid(), 'UTF8'))), 'hex')
      into wanted
      from seal.key k;
    if wanted is distinct from given then
        raise exception 'the workspace context is not sealed by the application' using errcode = '42501';
    end if;
    return true;
end
$$;

-- The workspace of the transaction's context, null when there is none.
create function tenancy.workspace() returns uuid
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if seal.verified() then
        return current_setting('averment.workspace')::uuid;
    end if;
    return null;
end
$$;

-- Who acts in the transaction's context: type:id, such as user:0190… or service:prover.
create function tenancy.actor() returns text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if seal.verified() then
        return current_setting('averment.actor');
    end if;
    return null;
end
$$;

revoke all on function seal.verified(), tenancy.workspace(), tenancy.actor() from public;
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
