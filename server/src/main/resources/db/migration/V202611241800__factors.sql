-- Second factors, and what stands between a password and a session. Keyed by account; only averment_auth can reach it.

-- A password that is only long enough beside a second factor: while it stands, the last factor can't be removed.
alter table identity.password add column needs_factor boolean not null default false;

-- Seeds of authenticator apps, sealed under a key that is not in the database. `last_step` is the newest step of which a
-- code was taken: each code is taken once. A version is one enrolment, so that a code of an earlier one moves nothing.
create table identity.totp (
    version      uuid primary key,
    account_id   uuid not null references identity.account on delete cascade,
    seed         bytea not null check (length(seed) between 40 and 100),
    last_step    bigint not null default -1,
    made_at      timestamptz not null,
    confirmed_at timestamptz
);
create unique index totp_in_use on identity.totp (account_id) where confirmed_at is not null;
create unique index totp_in_waiting on identity.totp (account_id) where confirmed_at is null;
grant select, insert, update (last_step, confirmed_at), delete on identity.totp to averment_auth;

-- Codes of 125 random bits: a plain digest is enough (ASVS 6.5.2).
create table identity.recovery_code (
    code_hash  bytea primary key check (length(code_hash) = 32),
    account_id uuid not null references identity.account on delete cascade,
    made_at    timestamptz not null,
    used_at    timestamptz
);
create index recovery_code_by_account on identity.recovery_code (account_id);
grant select, insert, update (used_at), delete on identity.recovery_code to averment_auth;

-- Somebody who showed the first factor and has a second one to show. `revocation` is the account's count of that moment:
-- whatever ends the account's sessions ends its tickets.
create table identity.ticket (
    ticket_hash bytea primary key check (length(ticket_hash) = 32),
    account_id  uuid not null references identity.account on delete cascade,
    session_id  uuid references identity.session on delete cascade,
    purpose     text not null check (purpose in ('sign-in', 'prove')),
    shown       text not null check (length(shown) between 1 and 100),
    revocation  integer not null,
    made_at     timestamptz not null,
    expires_at  timestamptz not null check (expires_at > made_at),
    used_at     timestamptz,
    check ((purpose = 'prove') = (session_id is not null))
);
create index ticket_by_account on identity.ticket (account_id);
grant select, insert, update (used_at), delete on identity.ticket to averment_auth;

-- Passkeys. The attestation object of the enrolment holds the public key; whether it shows hardware is judged at each use,
-- so that a manufacturer's certificate that is no longer trusted counts no more. Ids of credentials are unique over all
-- accounts.
create table identity.passkey (
    credential_id   bytea primary key check (length(credential_id) between 1 and 1023),
    passkey_id      uuid not null unique,
    account_id      uuid not null references identity.account on delete cascade,
    name            text not null check (length(name) between 1 and 400),
    attestation     bytea not null check (length(attestation) between 1 and 16384),
    format          text not null check (length(format) between 1 and 32),
    model           uuid not null,
    sign_count      bigint not null check (sign_count >= 0),
    backup_eligible boolean not null,
    backed_up       boolean not null,
    transports      text not null check (length(transports) <= 100),
    made_at         timestamptz not null,
    used_at         timestamptz
);
create index passkey_by_account on identity.passkey (account_id);
grant select, insert, update (sign_count, backed_up, used_at), delete on identity.passkey to averment_auth;

-- What passkeys are to sign. Taken away by the first answer, whatever it is.
create table identity.challenge (
    challenge_hash bytea primary key check (length(challenge_hash) = 32),
    purpose        text not null check (purpose in ('enrol', 'sign-in', 'second-factor', 'prove')),
    account_id     uuid references identity.account on delete cascade,
    session_id     uuid references identity.session on delete cascade,
    expires_at     timestamptz not null,
    check ((purpose = 'sign-in') = (account_id is null)),
    check ((purpose in ('enrol', 'prove')) = (session_id is not null))
);
create index challenge_by_expiry on identity.challenge (expires_at);
create index challenge_by_account on identity.challenge (account_id);
grant select, insert, delete on identity.challenge to averment_auth;
