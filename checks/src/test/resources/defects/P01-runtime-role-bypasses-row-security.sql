-- caught by: isolation-catalog
alter role sample_app bypassrls;
-- remove
alter role sample_app nobypassrls;
