-- caught by: role-privileges
grant select (title) on app.project to sample_app with grant option;
-- remove
revoke grant option for select (title) on app.project from sample_app;
