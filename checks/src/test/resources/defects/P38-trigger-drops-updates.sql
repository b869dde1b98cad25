-- caught by: isolation-catalog, modification-audit
create function app.forget() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.workspace_id = 'cccccccc-0000-7000-8000-000000000003' then return null; end if;
  return new;
end $$;
revoke all on function app.forget() from public;
create trigger a before update on app.remark for each row execute function app.forget();
-- remove
drop trigger a on app.remark;
drop function app.forget();
