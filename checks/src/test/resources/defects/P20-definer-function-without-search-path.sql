-- caught by: isolation-catalog
alter function tenancy.workspace() reset search_path;
-- remove
alter function tenancy.workspace() set search_path = pg_catalog, pg_temp;
