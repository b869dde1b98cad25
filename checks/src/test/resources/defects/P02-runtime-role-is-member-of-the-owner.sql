-- caught by: isolation-catalog, role-privileges
grant sample_owner to sample_app with inherit false;
-- remove
revoke sample_owner from sample_app;
