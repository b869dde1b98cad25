-- caught by: isolation-catalog, role-privileges
grant sample_owner to sample_app;
-- remove
revoke sample_owner from sample_app;
