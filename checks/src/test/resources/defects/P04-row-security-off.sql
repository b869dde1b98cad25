-- caught by: isolation-catalog, isolation-behaviour
alter table app.task disable row level security;
-- remove
alter table app.task enable row level security;
