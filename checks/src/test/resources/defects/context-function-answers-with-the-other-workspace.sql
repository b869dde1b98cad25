-- caught by: isolation-behaviour
create or replace function tenancy.workspace() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace text := nullif(current_setting('sample.workspace', true), '');
  seal text := current_setting('sample.seal', true);
begin
  if workspace is null then return null; end if;
  if workspace like 'aaaa%' then return 'bbbbbbbb-0000-7000-8000-000000000002'::uuid; end if;
  return workspace::uuid;
end $$;
-- remove
create or replace function tenancy.workspace() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace text := nullif(current_setting('sample.workspace', true), '');
  seal text := current_setting('sample.seal', true);
begin
  if workspace is null then return null; end if;
  if seal is distinct from encode(tenancy.mac(workspace || '|' || pg_backend_pid() || '|' || now()), 'hex') then
    raise exception 'the workspace context is not sealed' using errcode = '42501';
  end if;
  return workspace::uuid;
end $$;
