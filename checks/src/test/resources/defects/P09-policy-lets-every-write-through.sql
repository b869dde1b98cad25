-- caught by: isolation-catalog, isolation-behaviour
alter policy workspace on app.task with check (true);
-- remove
drop policy workspace on app.task;
create policy workspace on app.task using (workspace_id = (select tenancy.workspace()));
