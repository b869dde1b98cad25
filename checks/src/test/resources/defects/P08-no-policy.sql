-- caught by: isolation-catalog
drop policy workspace on app.task;
-- remove
create policy workspace on app.task using (workspace_id = (select tenancy.workspace()));
