-- caught by: isolation-catalog, role-privileges
grant create on schema app to sample_app;
-- remove
revoke create on schema app from sample_app;
