-- Where a workspace wants to be told, what it was told, and every try of that.

create schema delivery;
grant usage on schema delivery to averment_app;

-- sealed holds the address and its secrets (URLs, keys, numbers, recipients), encrypted under a key of the workspace; shown is
-- what people see of it.
create table delivery.channel (
    workspace_id    uuid not null references tenancy.workspace,
    channel_id      uuid not null,
    kind            text not null check (kind in ('webhook', 'email', 'slack', 'teams', 'discord', 'pagerduty', 'sms')),
    name            text not null check (length(name) between 1 and 100),
    state           text not null check (state in ('enabled', 'disabled', 'removed')),
    disabled_because text check (length(disabled_because) <= 300),
    shown           text not null check (length(shown) <= 300),
    sealed          bytea not null check (length(sealed) <= 16384),
    failing_since   timestamptz,
    made_at         timestamptz not null,
    changed_at      timestamptz not null,
    primary key (workspace_id, channel_id)
);
select tenancy.adopt('delivery.channel', 'channel_id');
-- A removed channel stays for its history, with nothing sealed in it.
grant select, insert, update on delivery.channel to averment_app;

-- One announcement to one channel.
create table delivery.delivery (
    workspace_id uuid not null,
    delivery_id  uuid not null,
    channel_id   uuid not null,
    incident_id  uuid not null,
    kind         text not null check (kind in ('open', 'escalate', 'update', 'acknowledge', 'resolve', 'test')),
    dedup_key    text not null check (length(dedup_key) between 1 and 255),
    severity     text not null check (length(severity) between 1 and 32),
    title        text not null check (length(title) between 1 and 300),
    body         text not null check (length(body) <= 4000),
    link         text not null check (length(link) <= 2048),
    data         text not null check (octet_length(data) <= 8192),
    announced_at timestamptz not null,
    state        text not null
        check (state in ('pending', 'in_flight', 'delivered', 'retrying', 'exhausted', 'cancelled', 'blocked')),
    tries        integer not null default 0 check (tries >= 0),
    next_at      timestamptz,
    ended_at     timestamptz,
    primary key (workspace_id, delivery_id),
    foreign key (workspace_id, channel_id) references delivery.channel
);
create index delivery_by_channel on delivery.delivery (workspace_id, channel_id, delivery_id);
create index delivery_by_incident on delivery.delivery (workspace_id, incident_id, delivery_id);
select tenancy.adopt('delivery.delivery', 'delivery_id');
grant select, insert, update on delivery.delivery to averment_app;

-- One try. outcome is null while it runs; unknown when its process died before it said how it ended.
create table delivery.attempt (
    workspace_id uuid not null,
    delivery_id  uuid not null,
    n            integer not null check (n >= 1),
    started_at   timestamptz not null,
    duration_ms  integer check (duration_ms >= 0),
    outcome      text check (outcome in ('ok', 'http_status', 'timeout', 'dns', 'connect', 'tls', 'blocked', 'malformed',
                                         'mail', 'unknown')),
    status       integer check (status between 100 and 599),
    snippet      text check (octet_length(snippet) <= 16384),
    next_at      timestamptz,
    primary key (workspace_id, delivery_id, n),
    foreign key (workspace_id, delivery_id) references delivery.delivery
);
select tenancy.adopt('delivery.attempt', 'delivery_id', 'n');
grant select, insert on delivery.attempt to averment_app;
grant update (duration_ms, outcome, status, snippet, next_at) on delivery.attempt to averment_app;
