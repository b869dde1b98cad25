-- caught by: role-privileges, isolation-catalog
grant pg_execute_server_program to sample_app;
-- remove
revoke pg_execute_server_program from sample_app;
