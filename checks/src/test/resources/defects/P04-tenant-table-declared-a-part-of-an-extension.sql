-- caught by: isolation-catalog, isolation-behaviour
alter table app.remark disable row level security;
alter extension plpgsql add table app.remark;
-- remove
alter extension plpgsql drop table app.remark;
alter table app.remark enable row level security;
