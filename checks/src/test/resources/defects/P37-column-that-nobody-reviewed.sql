-- caught by: isolation-catalog
alter table app.remark add column plain_password text;
-- remove
alter table app.remark drop column plain_password;
