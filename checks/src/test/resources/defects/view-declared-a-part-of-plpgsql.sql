-- caught by: isolation-catalog
set allow_system_table_mods = on;
create view pg_catalog.pg_stat_all as select t.* from app.task t;
grant select on pg_catalog.pg_stat_all to sample_app;
alter extension plpgsql add view pg_catalog.pg_stat_all;
-- remove
set allow_system_table_mods = on;
alter extension plpgsql drop view pg_catalog.pg_stat_all;
drop view pg_catalog.pg_stat_all;
