-- caught by: isolation-catalog
create role sample_reader;
create policy reader on app.plan for select to sample_reader using (true);
-- remove
drop policy reader on app.plan;
drop role sample_reader;
