-- caught by: forged-context
create or replace function tenancy.workspace() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace text := nullif(current_setting('sample.workspace', true), '');
  seal text := current_setting('sample.seal', true);
  key tenancy.seal_key;
begin
  if workspace is null then return null; end if;
  select * into strict key from tenancy.seal_key;
  if length(seal) is distinct from 64 then
    raise exception 'the workspace context is not sealed' using errcode = '42501';
  end if;
  return workspace::uuid;
end $$;
-- remove
create or replace function tenancy.workspace() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace text := nullif(current_setting('sample.workspace', true), '');
  seal text := current_setting('sample.seal', true);
  key tenancy.seal_key;
begin
  if workspace is null then return null; end if;
  select * into strict key from tenancy.seal_key;
  if seal is distinct from encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(workspace || '|' || pg_backend_pid(), 'UTF8'))), 'hex') then
    raise exception 'the workspace context is not sealed' using errcode = '42501';
  end if;
  return workspace::uuid;
end $$;
