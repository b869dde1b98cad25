-- Who is invited into a workspace, and which programs act in one.

create table tenancy.invitation (
    workspace_id  uuid not null references tenancy.workspace,
    invitation_id uuid not null,
    email         text not null check (email = lower(email) and length(email) between 3 and 254),
    role          text not null check (role in ('owner', 'admin', 'member', 'viewer', 'auditor')),
    code_hash     bytea not null check (length(code_hash) = 32),
    invited_by    uuid not null,
    made_at       timestamptz not null,
    expires_at    timestamptz not null check (expires_at > made_at),
    primary key (workspace_id, invitation_id)
);
select tenancy.adopt('tenancy.invitation', 'invitation_id');
grant select, insert, delete on tenancy.invitation to averment_app;

-- A program's token is looked up before its workspace is known, so it lies with the accounts and not among the tenant's
-- rows: acts_in is where it may act. What it may do is what its
-- scopes and the role of its owner both allow, asked at every request.
create table identity.api_token (
    token_id     uuid primary key,
    account_id   uuid not null references identity.account on delete cascade,
    acts_in      uuid not null,
    name         text not null check (length(name) between 1 and 200),
    scopes       text not null check (length(scopes) between 1 and 1000),
    secret_hash  bytea not null check (length(secret_hash) = 32),
    made_at      timestamptz not null,
    expires_at   timestamptz not null check (expires_at > made_at),
    used_at      timestamptz,
    revoked_at   timestamptz
);
create index api_token_by_workspace on identity.api_token (acts_in, account_id);
grant select, insert, delete, update (used_at, revoked_at) on identity.api_token to averment_auth;
