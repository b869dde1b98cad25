-- caught by: role-privileges
alter role sample_app createdb;
-- remove
alter role sample_app nocreatedb;
