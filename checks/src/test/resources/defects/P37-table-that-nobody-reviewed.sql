-- caught by: isolation-catalog
create table app.kept as select * from app.workspace;
-- remove
drop table app.kept;
