-- caught by: isolation-catalog, cross-workspace-references
-- since: 18
alter table app.task drop constraint task_workspace_id_project_id_fkey;
alter table app.task add constraint task_project foreign key (workspace_id, project_id) references app.project not enforced;
-- remove
alter table app.task drop constraint task_project;
alter table app.task add foreign key (workspace_id, project_id) references app.project on delete set null (project_id);
