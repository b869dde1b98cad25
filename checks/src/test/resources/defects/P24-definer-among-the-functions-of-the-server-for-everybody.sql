-- caught by: isolation-catalog
create function information_schema.every_task() returns bigint language sql security definer
  set search_path = pg_catalog, pg_temp as 'select count(*) from app.task';
-- remove
drop function information_schema.every_task();
