-- caught by: isolation-catalog
create function tenancy.enter() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as 'begin return new; end';
revoke all on function tenancy.enter() from public;
create trigger enter before update on app.task for each row execute function tenancy.enter();
-- remove
drop trigger enter on app.task;
drop function tenancy.enter();
