-- caught by: isolation-catalog
create operator app.= (leftarg = text, rightarg = text, function = pg_catalog.textne);
-- remove
drop operator app.= (text, text);
