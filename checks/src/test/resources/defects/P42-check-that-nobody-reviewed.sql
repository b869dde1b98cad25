-- caught by: isolation-catalog
alter table app.remark add constraint remark_reviewed check (true) not valid;
-- remove
alter table app.remark drop constraint remark_reviewed;
