-- caught by: isolation-catalog, role-privileges
grant pg_read_server_files to sample_app;
-- remove
revoke pg_read_server_files from sample_app;
