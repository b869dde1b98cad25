-- caught by: isolation-catalog, role-privileges
grant truncate on app.task to sample_app;
-- remove
revoke truncate on app.task from sample_app;
