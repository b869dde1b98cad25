-- caught by: isolation-catalog
grant select (code) on app.plan to public;
-- remove
revoke select (code) on app.plan from public;
