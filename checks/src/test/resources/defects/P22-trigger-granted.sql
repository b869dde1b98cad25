-- caught by: isolation-catalog, role-privileges
grant trigger on app.remark to sample_app;
-- remove
revoke trigger on app.remark from sample_app;
