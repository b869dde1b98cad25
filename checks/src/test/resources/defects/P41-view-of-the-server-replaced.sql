-- caught by: isolation-catalog
set allow_system_table_mods = on;
create or replace view pg_catalog.pg_user as
  select usename, usesysid, usecreatedb, usesuper, userepl, usebypassrls, '********'::text as passwd, valuntil, useconfig
    from pg_shadow where usename <> 'intruder';
-- remove
set allow_system_table_mods = on;
create or replace view pg_catalog.pg_user as
  select usename, usesysid, usecreatedb, usesuper, userepl, usebypassrls, '********'::text as passwd, valuntil, useconfig
    from pg_shadow;
