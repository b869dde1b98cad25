-- caught by: isolation-catalog, tenant-key
alter table app.sign_in drop constraint sign_in_pkey;
alter table app.sign_in alter workspace_id drop not null;
-- remove
alter table app.sign_in add primary key (workspace_id, id);
