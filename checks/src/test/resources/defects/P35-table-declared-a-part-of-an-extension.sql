-- caught by: isolation-catalog, tenant-key
create table app.copied (id uuid primary key, body text);
grant select, insert on app.copied to sample_app;
alter extension plpgsql add table app.copied;
-- remove
alter extension plpgsql drop table app.copied;
drop table app.copied;
