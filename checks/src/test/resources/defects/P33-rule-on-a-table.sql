-- caught by: isolation-catalog
create rule quietly as on delete to app.remark do instead nothing;
-- remove
drop rule quietly on app.remark;
