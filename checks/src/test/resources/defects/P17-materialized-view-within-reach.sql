-- caught by: isolation-catalog
create materialized view app.task_count as select workspace_id, count(*) from app.task group by 1;
grant select on app.task_count to sample_app;
-- remove
drop materialized view app.task_count;
