-- caught by: isolation-catalog
create unique index sign_in_id on app.sign_in (id);
-- remove
drop index app.sign_in_id;
