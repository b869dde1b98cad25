-- caught by: isolation-catalog
grant select on app.plan to public;
-- remove
revoke select on app.plan from public;
