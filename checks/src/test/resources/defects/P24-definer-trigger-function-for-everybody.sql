-- caught by: isolation-catalog
alter function audit.record_change() security definer;
grant execute on function audit.record_change() to public;
-- remove
revoke all on function audit.record_change() from public;
alter function audit.record_change() security invoker;
