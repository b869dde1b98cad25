-- caught by: tenant-key
alter table app.task alter workspace_id set default 'aaaaaaaa-0000-7000-8000-000000000001';
-- remove
alter table app.task alter workspace_id drop default;
