-- caught by: isolation-catalog
create function app.mine() returns integer language sql as 'select 1';
alter function app.mine() owner to sample_app;
-- remove
drop function app.mine();
