-- caught by: isolation-catalog
create function app.on_ddl() returns event_trigger language plpgsql set search_path = pg_catalog, pg_temp as 'begin end';
create event trigger quietly on ddl_command_end execute function app.on_ddl();
-- remove
drop event trigger quietly;
drop function app.on_ddl();
