-- caught by: isolation-catalog
create view app.open_task with (security_invoker = true) as select * from app.task where state = 'open';
create rule elsewhere as on insert to app.open_task do instead insert into app.plan values ('x', 1);
-- remove
drop view app.open_task;
