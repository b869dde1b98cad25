-- caught by: isolation-catalog
create publication everything for table app.task;
-- remove
drop publication everything;
