-- Accounts are known before a workspace is: they live apart, and only averment_auth can reach them.

create schema identity;
grant usage on schema identity to averment_auth;

create table identity.account (
    account_id uuid primary key,
    email      text not null unique check (email = lower(email) and length(email) between 3 and 254),
    name       text not null check (length(name) between 1 and 200),
    operator   boolean not null default false,
    created_at timestamptz not null default now()
);
-- Nobody becomes operator but by an administrator's own hand: the role that signs people in can't write the column.
grant select, insert (account_id, email, name), update (email, name), delete on identity.account to averment_auth;

-- Which workspaces an account belongs to, looked up at sign-in.
create policy sign_in on tenancy.member for select to averment_auth using (true);
grant select on tenancy.member to averment_auth;
