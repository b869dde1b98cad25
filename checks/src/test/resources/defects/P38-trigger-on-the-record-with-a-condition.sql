-- caught by: isolation-catalog, modification-audit
create function audit.pass() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$ begin return new; end $$;
revoke all on function audit.pass() from public;
create trigger b before insert on audit.leaf for each row when (new.workspace_id is null) execute function audit.pass();
-- remove
drop trigger b on audit.leaf;
drop function audit.pass();
