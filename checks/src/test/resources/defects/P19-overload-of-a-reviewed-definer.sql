-- caught by: isolation-catalog
create function tenancy.workspace(anything text) returns setof app.task language sql security definer
  set search_path = pg_catalog, pg_temp as 'select * from app.task';
revoke all on function tenancy.workspace(text) from public;
grant execute on function tenancy.workspace(text) to sample_app;
-- remove
drop function tenancy.workspace(text);
