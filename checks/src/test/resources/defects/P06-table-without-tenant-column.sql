-- caught by: isolation-catalog, tenant-key
create table app.stray (id integer primary key, body text);
grant select on app.stray to sample_app;
-- remove
drop table app.stray;
