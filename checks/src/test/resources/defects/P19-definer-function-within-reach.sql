-- caught by: isolation-catalog
create function app.every_task() returns setof app.task language sql security definer
  set search_path = pg_catalog, pg_temp as 'select * from app.task';
revoke all on function app.every_task() from public;
grant execute on function app.every_task() to sample_app;
-- remove
drop function app.every_task();
