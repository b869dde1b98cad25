-- caught by: modification-audit
create trigger record_again after update on app.task for each row execute function audit.record_change();
alter table app.task enable always trigger record_again;
-- remove
drop trigger record_again on app.task;
