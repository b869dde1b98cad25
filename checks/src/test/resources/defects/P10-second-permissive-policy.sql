-- caught by: isolation-catalog, isolation-behaviour
create policy wide on app.project using (true);
-- remove
drop policy wide on app.project;
