-- caught by: isolation-catalog
create function app.shadow() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as 'begin return null; end';
revoke all on function app.shadow() from public;
create trigger shadow after insert on app.task for each row execute function app.shadow();
-- remove
drop trigger shadow on app.task;
drop function app.shadow();
