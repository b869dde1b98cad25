-- caught by: modification-audit
create or replace function audit.record_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  row record := case when tg_op = 'DELETE' then old else new end;
begin
  if row.workspace_id = 'bbbbbbbb-0000-7000-8000-000000000002' then return null; end if;
  insert into audit.leaf (workspace_id, command, relation)
    values (row.workspace_id, tg_op, tg_table_schema || '.' || tg_table_name);
  return null;
end $$;
-- remove
create or replace function audit.record_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  row record := case when tg_op = 'DELETE' then old else new end;
begin
  insert into audit.leaf (workspace_id, command, relation)
    values (row.workspace_id, tg_op, tg_table_schema || '.' || tg_table_name);
  return null;
end $$;
