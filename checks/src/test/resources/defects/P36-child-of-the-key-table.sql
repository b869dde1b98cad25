-- caught by: isolation-catalog
create table tenancy.more_keys () inherits (tenancy.seal_key);
-- remove
drop table tenancy.more_keys;
