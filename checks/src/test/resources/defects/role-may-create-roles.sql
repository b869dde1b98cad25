-- caught by: role-privileges, isolation-catalog
alter role sample_app createrole;
-- remove
alter role sample_app nocreaterole;
