-- caught by: modification-audit
create schema extra;
grant usage on schema extra to sample_app;
create table extra.note (workspace_id uuid not null, id uuid not null, body text, primary key (workspace_id, id));
alter table extra.note enable row level security, force row level security;
create policy workspace on extra.note using (workspace_id = (select tenancy.workspace()));
grant select, insert, update, delete on extra.note to sample_app;
-- remove
drop schema extra cascade;
