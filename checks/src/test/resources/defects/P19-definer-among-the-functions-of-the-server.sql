-- caught by: isolation-catalog
create function pg_catalog.every_task() returns bigint language sql security definer
  set search_path = pg_catalog, pg_temp as 'select count(*) from app.task';
revoke all on function pg_catalog.every_task() from public;
grant execute on function pg_catalog.every_task() to sample_app;
-- remove
drop function pg_catalog.every_task();
