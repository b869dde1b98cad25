-- caught by: tenant-key
create table app.derived (owner uuid not null, workspace_id uuid not null generated always as (owner) stored, primary key (workspace_id, owner));
grant select on app.derived to sample_app;
-- remove
drop table app.derived;
