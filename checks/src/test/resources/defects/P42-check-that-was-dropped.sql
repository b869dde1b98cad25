-- caught by: isolation-catalog
alter table app.task drop constraint task_state_check;
-- remove
alter table app.task add constraint task_state_check check (state in ('open', 'done'));
