-- caught by: isolation-catalog
create role sample_all nologin bypassrls;
create role sample_reader login in role sample_all;
-- remove
drop role sample_reader;
drop role sample_all;
