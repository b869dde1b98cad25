-- caught by: role-privileges
grant sample_probe to sample_app;
-- remove
revoke sample_probe from sample_app;
