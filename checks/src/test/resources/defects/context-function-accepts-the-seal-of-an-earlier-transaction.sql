-- caught by: forged-context
create or replace function tenancy.enter(workspace uuid, seal bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if seal is distinct from tenancy.mac(workspace || '|' || pg_backend_pid()) then
    raise exception 'the workspace is not sealed by the application' using errcode = '42501';
  end if;
  perform set_config('sample.workspace', workspace::text, true),
          set_config('sample.seal', encode(tenancy.mac(workspace || '|' || pg_backend_pid()), 'hex'), true);
end $$;
create or replace function tenancy.workspace() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace text := nullif(current_setting('sample.workspace', true), '');
  seal text := current_setting('sample.seal', true);
begin
  if workspace is null then return null; end if;
  if seal is distinct from encode(tenancy.mac(workspace || '|' || pg_backend_pid()), 'hex') then
    raise exception 'the workspace context is not sealed' using errcode = '42501';
  end if;
  return workspace::uuid;
end $$;
-- remove
create or replace function tenancy.enter(workspace uuid, seal bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if seal is distinct from tenancy.mac(workspace || '|' || pg_backend_pid()) then
    raise exception 'the workspace is not sealed by the application' using errcode = '42501';
  end if;
  perform set_config('sample.workspace', workspace::text, true),
          set_config('sample.seal', encode(tenancy.mac(workspace || '|' || pg_backend_pid() || '|' || now()), 'hex'), true);
end $$;
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
