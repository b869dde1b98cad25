-- caught by: isolation-catalog
do $$ begin execute format('alter database %I set sample.seal = %L', current_database(), 'x'); end $$;
-- remove
do $$ begin execute format('alter database %I reset sample.seal', current_database()); end $$;
