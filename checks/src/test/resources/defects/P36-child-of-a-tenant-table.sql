-- caught by: isolation-catalog
create table app.more_remarks () inherits (app.remark);
-- remove
drop table app.more_remarks;
