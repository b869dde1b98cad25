-- caught by: isolation-catalog
create role sample_aside login;
alter role sample_aside set session_replication_role = replica;
-- remove
drop role sample_aside;
