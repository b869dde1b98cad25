-- caught by: isolation-catalog, isolation-behaviour
create table app.metric (workspace_id uuid not null, at timestamptz not null, primary key (workspace_id, at)) partition by range (at);
create table app.metric_all partition of app.metric default;
alter table app.metric enable row level security, force row level security;
create policy workspace on app.metric using (workspace_id = (select tenancy.workspace()));
insert into app.metric select workspace_id, '2026-01-01' from app.workspace;
grant select on app.metric, app.metric_all to sample_app;
-- remove
drop table app.metric;
