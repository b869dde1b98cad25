-- How people sign in, and the sessions that follow from it. All of it is keyed by account, not by workspace, and only
-- averment_auth can reach it.

-- Counts up whenever every older session must end: a session bears the number of the day it was opened.
alter table identity.account
    add column verified_at timestamptz,
    add column disabled_at timestamptz,
    add column revocation  integer not null default 0 check (revocation >= 0);
grant update (email, name, verified_at, revocation) on identity.account to averment_auth;

create table identity.password (
    account_id uuid primary key references identity.account on delete cascade,
    encoded    text not null check (length(encoded) between 40 and 300),
    set_at     timestamptz not null
);
grant select, insert, update, delete on identity.password to averment_auth;

-- What a mailed link holds is here only as a hash: whoever reads the table can use none of them.
create table identity.mailed_token (
    token_hash bytea primary key check (length(token_hash) = 32),
    account_id uuid not null references identity.account on delete cascade,
    purpose    text not null check (purpose in ('verify-address', 'reset-password', 'change-address')),
    email      text not null check (email = lower(email) and length(email) between 3 and 254),
    made_at    timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at),
    used_at    timestamptz
);
create index mailed_token_by_account on identity.mailed_token (account_id, purpose);
grant select, insert, update (used_at), delete on identity.mailed_token to averment_auth;

-- A session is a row; cookies and tokens only say which. `generation` counts the refresh tokens that it handed out, of
-- which one is good; see RefreshRule for what the other columns of a refresh mean.
create table identity.session (
    session_id    uuid primary key,
    account_id    uuid not null references identity.account on delete cascade,
    secret_hash   bytea not null check (length(secret_hash) = 32),
    refresh_salt  bytea not null check (length(refresh_salt) = 16),
    generation    integer not null default 0 check (generation >= 0),
    refreshed_at  timestamptz not null,
    confirmed     boolean not null default false,
    base          integer not null default -1 check (base < generation),
    revocation    integer not null,
    factors       text not null check (length(factors) between 1 and 100),
    proven_at     timestamptz not null,
    opened_at     timestamptz not null,
    seen_at       timestamptz not null,
    expires_at    timestamptz not null,
    ended_at      timestamptz,
    ended_because text check (length(ended_because) between 1 and 40),
    client        text not null check (length(client) <= 200),
    address       text not null check (length(address) <= 45),
    check ((ended_at is null) = (ended_because is null))
);
create index session_by_account on identity.session (account_id);
grant select, insert, delete,
      update (generation, refreshed_at, confirmed, base, proven_at, factors, seen_at, ended_at, ended_because)
   on identity.session to averment_auth;

-- Personal values of authentication events lie under the person's key, in the system's log.
grant select, insert, delete on evidence.subject_key to averment_auth;
grant select, insert, delete on evidence.disclosure to averment_auth;
