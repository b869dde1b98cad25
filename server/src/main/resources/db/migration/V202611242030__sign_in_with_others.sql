-- Signing in with others: who somebody is there, and sign-ins that are under way. Only averment_auth can reach either.

-- Who an account is at a provider. A person is known by issuer and subject (ASVS 6.8.1), never by a mail address: `label` is
-- what the list of one's links shows, and nothing is found by it.
create table identity.provider_link (
    link_id    uuid primary key,
    account_id uuid not null references identity.account on delete cascade,
    issuer     text not null check (length(issuer) between 1 and 255),
    subject    text not null check (length(subject) between 1 and 255),
    label      text check (length(label) between 1 and 254),
    made_at    timestamptz not null,
    used_at    timestamptz,
    unique (issuer, subject),
    unique (account_id, issuer)
);
grant select, insert, update (used_at), delete on identity.provider_link to averment_auth;

-- A sign-in that is under way. State and browser are digests; nonce and PKCE verifier are made of what the browser holds and
-- stand nowhere. Taken once by the answer, and away by what follows; who came back waits in the row in between.
create table identity.provider_flow (
    state_hash      bytea primary key check (length(state_hash) = 32),
    browser_hash    bytea not null unique check (length(browser_hash) = 32),
    provider        text not null check (length(provider) between 1 and 40),
    purpose         text not null check (purpose in ('sign-in', 'link')),
    account_id      uuid references identity.account on delete cascade,
    session_id      uuid references identity.session on delete cascade,
    target          text not null check (length(target) between 1 and 200),
    expires_at      timestamptz not null,
    returned_at     timestamptz,
    issuer          text check (length(issuer) between 1 and 255),
    subject         text check (length(subject) between 1 and 255),
    email           text check (length(email) between 1 and 254),
    email_confirmed boolean not null default false,
    name            text check (length(name) between 1 and 400),
    check ((purpose = 'link') = (account_id is not null)),
    check ((purpose = 'link') = (session_id is not null)),
    check ((issuer is null) = (subject is null))
);
create index provider_flow_by_expiry on identity.provider_flow (expires_at);
create index provider_flow_by_account on identity.provider_flow (account_id);
create index provider_flow_by_session on identity.provider_flow (session_id);
grant select, insert, delete on identity.provider_flow to averment_auth;
grant update (returned_at, issuer, subject, email, email_confirmed, name) on identity.provider_flow to averment_auth;
