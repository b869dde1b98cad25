-- caught by: role-privileges
grant alter system on parameter work_mem to sample_app;
-- remove
revoke alter system on parameter work_mem from sample_app;
