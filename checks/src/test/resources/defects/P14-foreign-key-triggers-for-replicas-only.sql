-- caught by: isolation-catalog, cross-workspace-references
do $$
declare g record;
begin
  for g in select tgname from pg_trigger where tgrelid = 'app.task'::regclass and tgisinternal loop
    execute format('alter table app.task enable replica trigger %I', g.tgname);
  end loop;
end $$;
-- remove
do $$
declare g record;
begin
  for g in select tgname from pg_trigger where tgrelid = 'app.task'::regclass and tgisinternal loop
    execute format('alter table app.task enable trigger %I', g.tgname);
  end loop;
end $$;
