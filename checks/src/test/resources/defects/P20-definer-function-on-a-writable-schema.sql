-- caught by: isolation-catalog, role-privileges
create schema scratch;
grant usage, create on schema scratch to sample_app;
alter function tenancy.workspace() set search_path = pg_catalog, scratch, pg_temp;
-- remove
alter function tenancy.workspace() set search_path = pg_catalog, pg_temp;
drop schema scratch;
