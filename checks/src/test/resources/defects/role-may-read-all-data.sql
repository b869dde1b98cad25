-- caught by: role-privileges
grant pg_read_all_data to sample_app;
-- remove
revoke pg_read_all_data from sample_app;
