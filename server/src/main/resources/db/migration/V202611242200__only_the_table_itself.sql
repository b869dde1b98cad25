-- A function that runs with rights of its own reads the table that it means and nothing that inherits from it: whoever could
-- make a child table of seal.key would otherwise have added a key of his own, and every seal made with it would have opened.
create or replace function tenancy.enter(workspace uuid, actor text, seal bytea) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('backtrace_functions',
                       concat('averment_', encode(uuid_send(workspace) || convert_to(actor, 'UTF8'), 'hex')), true)
       from only seal.key k
      where sha256(seal) = sha256(sha256(k.outer_pad || sha256(k.inner_pad
                               || convert_to(concat(workspace, '|', actor, '|', pg_backend_pid()), 'UTF8'))));
    if not found then
        raise exception 'the workspace context is not sealed by the application' using errcode = '42501';
    end if;
end
$$;

-- The rest of the function stays word for word as it is.
do $$
declare
    was text := pg_get_functiondef('evidence.record_change()'::regprocedure);
    now_is text := replace(was, 'from evidence.log l', 'from only evidence.log l');
begin
    if now_is = was then
        raise exception 'evidence.record_change() does not read evidence.log as this migration expects';
    end if;
    execute now_is;
end
$$;
