-- caught by: isolation-catalog
create view app.task_list as select * from app.task;
grant select on app.task_list to sample_app;
-- remove
drop view app.task_list;
