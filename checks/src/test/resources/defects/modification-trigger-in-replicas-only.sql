-- caught by: modification-audit
alter table app.task enable replica trigger record_change;
-- remove
alter table app.task enable always trigger record_change;
