-- caught by: isolation-catalog
create role sample_aside login;
alter role sample_aside set sample.workspace = 'bbbbbbbb-0000-7000-8000-000000000002';
-- remove
drop role sample_aside;
