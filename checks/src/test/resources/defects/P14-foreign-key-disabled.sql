-- caught by: isolation-catalog, cross-workspace-references, modification-audit
alter table app.task disable trigger all;
-- remove
alter table app.task enable trigger all;
alter table app.task enable always trigger record_change;
