-- caught by: isolation-catalog, role-privileges
do $$ begin execute format('grant temporary on database %I to sample_app', current_database()); end $$;
alter function tenancy.workspace() set search_path = pg_catalog, tenancy;
-- remove
alter function tenancy.workspace() set search_path = pg_catalog, pg_temp;
do $$ begin execute format('revoke temporary on database %I from sample_app', current_database()); end $$;
