-- A leaf that the application writes says of itself what the sealed context says: who acts, which leaf, and when. Before,
-- SQL that was injected could record something as done by somebody else. The identity room (averment_auth) records what
-- strangers and users did before a workspace is known, and names them itself; the integrator has no context.
create or replace function evidence.queue_leaves() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    actor  text := tenancy.actor();
    forged uuid;
begin
    if actor is not null and session_user <> 'averment_auth' then
        select l.leaf_id into forged
          from new_leaves l, convert_from(l.bytes, 'UTF8') as t (line), lateral (select t.line::json as leaf) j
         where leaf #>> '{actor,type}' is distinct from split_part(actor, ':', 1)
            or leaf #>> '{actor,id}' is distinct from split_part(actor, ':', 2)
            or leaf #>> '{actor,on_behalf_of}' is not null
            or leaf ->> 'id' is distinct from l.leaf_id::text
            or leaf ->> 'action' is distinct from l.action::text
            or l.recorded_at is distinct from now()
         limit 1;
        if found then
            raise exception 'leaf % does not say what its context says: actor, id, action and time of recording are not the writer''s to choose', forged
                using errcode = '42501';
        end if;
    end if;
    insert into evidence.pending (workspace_id, leaf_id) select l.workspace_id, l.leaf_id from new_leaves l;
    return null;
end
$$;
