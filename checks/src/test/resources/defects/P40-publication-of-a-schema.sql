-- caught by: isolation-catalog
create publication everything for tables in schema tenancy;
-- remove
drop publication everything;
