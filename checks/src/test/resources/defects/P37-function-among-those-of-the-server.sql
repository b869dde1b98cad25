-- caught by: isolation-catalog
create function pg_catalog.concat(uuid, text, integer) returns text language sql immutable as $$ select $2 $$;
-- remove
drop function pg_catalog.concat(uuid, text, integer);
