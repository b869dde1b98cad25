-- caught by: isolation-catalog
alter function pg_catalog.int4in(cstring) leakproof;
-- remove
alter function pg_catalog.int4in(cstring) not leakproof;
