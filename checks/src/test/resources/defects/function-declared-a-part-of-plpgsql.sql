-- caught by: isolation-catalog
set allow_system_table_mods = on;
create function pg_catalog.pg_stat_get_all() returns setof text language sql security definer
  set search_path = pg_catalog, pg_temp as 'select t::text from app.task t';
alter extension plpgsql add function pg_catalog.pg_stat_get_all();
-- remove
set allow_system_table_mods = on;
alter extension plpgsql drop function pg_catalog.pg_stat_get_all();
drop function pg_catalog.pg_stat_get_all();
