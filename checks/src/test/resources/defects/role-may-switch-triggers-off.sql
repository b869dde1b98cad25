-- caught by: role-privileges
grant set on parameter session_replication_role to sample_app;
-- remove
revoke set on parameter session_replication_role from sample_app;
