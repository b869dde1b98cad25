-- caught by: isolation-catalog
grant references (id) on app.task to sample_app;
-- remove
revoke references (id) on app.task from sample_app;
