-- caught by: isolation-catalog
alter function pg_catalog.pg_reload_conf() security definer;
-- remove
alter function pg_catalog.pg_reload_conf() security invoker;
