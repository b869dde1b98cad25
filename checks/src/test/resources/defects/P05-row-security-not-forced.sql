-- caught by: isolation-catalog
alter table app.task no force row level security;
-- remove
alter table app.task force row level security;
