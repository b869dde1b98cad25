-- caught by: isolation-catalog
alter table app.sign_in rename to log_in;
-- remove
alter table app.log_in rename to sign_in;
