-- caught by: forged-context
create or replace function tenancy.enter(workspace uuid, seal bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from pg_stat_activity where seal = tenancy.mac(workspace || '|' || pid)) then
    raise exception 'the workspace is not sealed by the application' using errcode = '42501';
  end if;
  perform set_config('sample.workspace', workspace::text, true),
          set_config('sample.seal', encode(tenancy.mac(workspace || '|' || pg_backend_pid() || '|' || now()), 'hex'), true);
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
