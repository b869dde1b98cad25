-- Dated organisational records with owner and expiry.

create schema registers;
grant usage on schema registers to averment_app;

create table registers.entry (
    workspace_id uuid not null references tenancy.workspace,
    page_id      text not null check (length(page_id) between 1 and 64),
    register     text not null check (length(register) between 1 and 64),
    entry_id     text not null check (length(entry_id) between 1 and 64),
    title        text not null check (length(title) between 1 and 300),
    owner        text check (length(owner) between 1 and 200),
    dated        date,
    expires      date,
    status       text not null check (status in ('done', 'planned', 'in-progress')),
    details      text not null default '{}' check (length(details) <= 16384),
    primary key (workspace_id, page_id, register, entry_id)
);
select tenancy.adopt('registers.entry', 'page_id', 'register', 'entry_id');
grant select, insert, update, delete on registers.entry to averment_app;
