-- caught by: role-privileges
grant select on app.plan to sample_app with grant option;
-- remove
revoke grant option for select on app.plan from sample_app;
