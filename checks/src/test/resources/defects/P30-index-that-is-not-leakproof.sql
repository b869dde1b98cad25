-- caught by: advice
alter table app.task add weight numeric;
create index task_weight on app.task (workspace_id, weight);
-- remove
alter table app.task drop column weight;
