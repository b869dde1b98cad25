-- caught by: isolation-catalog, isolation-behaviour
alter policy workspace on app.task using (true);
-- remove
alter policy workspace on app.task using (workspace_id = (select tenancy.workspace()));
