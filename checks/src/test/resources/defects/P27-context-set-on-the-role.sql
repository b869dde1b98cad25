-- caught by: isolation-catalog
alter role sample_app set sample.workspace = 'bbbbbbbb-0000-7000-8000-000000000002';
-- remove
alter role sample_app reset sample.workspace;
