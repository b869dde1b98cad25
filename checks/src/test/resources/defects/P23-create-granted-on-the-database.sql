-- caught by: isolation-catalog, role-privileges
do $$ begin execute format('grant create on database %I to sample_app', current_database()); end $$;
-- remove
do $$ begin execute format('revoke create on database %I from sample_app', current_database()); end $$;
