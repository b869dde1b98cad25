-- caught by: isolation-catalog
create function app.hold() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as 'begin return null; end';
revoke all on function app.hold() from public;
create trigger hold before update on app.task for each row execute function app.hold();
update pg_trigger set tgisinternal = true where tgname = 'hold';
-- remove
update pg_trigger set tgisinternal = false where tgname = 'hold';
drop trigger hold on app.task;
drop function app.hold();
