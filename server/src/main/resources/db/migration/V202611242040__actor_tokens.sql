-- Tokens between services are good once: what was used is kept until it would have expired anyway, for all servers.
create table identity.spent_actor_token (
    token_id   uuid primary key,
    expires_at timestamptz not null
);
create index spent_actor_token_by_expiry on identity.spent_actor_token (expires_at);
-- To lock a row while it is cleared away needs the right to update something of it.
grant select, insert, delete, update (expires_at) on identity.spent_actor_token to averment_auth;
