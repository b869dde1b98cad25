-- caught by: isolation-catalog, tenant-key
alter table app.sign_in drop constraint sign_in_pkey, add primary key (id, workspace_id);
-- remove
alter table app.sign_in drop constraint sign_in_pkey, add primary key (workspace_id, id);
