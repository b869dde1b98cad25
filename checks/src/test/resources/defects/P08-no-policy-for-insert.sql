-- caught by: isolation-catalog
drop policy workspace on app.sign_in;
create policy workspace on app.sign_in for select using (workspace_id = (select tenancy.workspace()));
-- remove
drop policy workspace on app.sign_in;
create policy workspace on app.sign_in using (workspace_id = (select tenancy.workspace()));
