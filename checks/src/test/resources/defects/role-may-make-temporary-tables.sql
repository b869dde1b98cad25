-- caught by: role-privileges
do $$ begin execute format('grant temporary on database %I to sample_app', current_database()); end $$;
-- remove
do $$ begin execute format('revoke temporary on database %I from sample_app', current_database()); end $$;
