-- caught by: modification-audit
drop trigger record_change on app.task;
create trigger record_change after insert or update on app.task
  for each row execute function audit.record_change();
alter table app.task enable always trigger record_change;
-- remove
drop trigger record_change on app.task;
create trigger record_change after insert or update or delete on app.task
  for each row execute function audit.record_change();
alter table app.task enable always trigger record_change;
