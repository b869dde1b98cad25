-- caught by: isolation-catalog
create policy reporting on app.task to sample_probe using (true);
-- remove
drop policy reporting on app.task;
