-- caught by: isolation-catalog
create role sample_reader login bypassrls;
-- remove
drop role sample_reader;
