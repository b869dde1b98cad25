package dev.averment.checks.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the catalog says of each table, view, function, operator, CHECK constraint, trigger, policy, publication and
 * subscription, one line each, for comparison with lines that a person reviewed. The texts are PostgreSQL's own, with only {@code pg_catalog} on the search
 * path: a trigger's with its condition, whether it is enabled and the digest of its function; a table's with its owner and
 * columns. Partitions and what they have from their parents are not told: they come and go. Of PostgreSQL's own functions
 * and views there is one digest for the server's major version.
 */
public final class ReviewedCatalog {
    private ReviewedCatalog() {}

    /** Kinds, which are the first words of names. */
    public enum Kind {
        CONSTRAINT,
        FUNCTION,
        OPERATOR,
        POLICY,
        PUBLICATION,
        RELATION,
        SERVER,
        SUBSCRIPTION,
        TRIGGER
    }

    /**
     * To stand after the scope's head: {@code catalog_now (kind, name, definition)}. Names say of what kind of object they
     * are, so that {@code name} alone is a key.
     */
    public static final String NOW = """
            , digest as (
              select f.oid, f.signature, pg_get_userbyid(f.proowner) as owner,
                     'sha256:' || encode(sha256(convert_to(pg_get_userbyid(f.proowner) || E'\n'
                       || case when f.prokind = 'a' then f.signature else pg_get_functiondef(f.oid) end, 'UTF8')), 'hex') as digest
                from app_function f
            ),
            catalog_lines as (
              select 'FUNCTION' as kind, 'function ' || d.signature as name, d.owner || ' ' || d.digest as definition
                from digest d
              union all
              select 'RELATION',
                     case r.relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'f' then 'foreign table '
                                    else 'table ' end || r.name,
                     pg_get_userbyid(r.relowner)
                       || (select case c.relpersistence when 'u' then ' unlogged' else '' end from pg_class c where c.oid = r.oid)
                       || case when r.relkind in ('v', 'm') then ' as ' || pg_get_viewdef(r.oid) else '' end
                       || ' (' || array_to_string(array(
                            select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                                     || case when a.attnotnull then ' not null' else '' end
                                     || case a.attidentity when '' then '' else ' identity' end
                                     || coalesce(case a.attgenerated when '' then ' default ' else ' generated ' end
                                                 || pg_get_expr(d.adbin, d.adrelid), '')
                              from pg_attribute a
                              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                             where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                             order by a.attnum), ', ') || ')'
                from app_relation r
               where not r.relispartition
              union all
              select 'CONSTRAINT', 'constraint ' || r.name || '/' || k.conname, pg_get_constraintdef(k.oid)
                from pg_constraint k
                join app_relation r on r.oid = k.conrelid
               where k.contype = 'c' and not r.relispartition
              union all
              select 'CONSTRAINT', 'constraint ' || t.oid::regtype || '/' || k.conname, pg_get_constraintdef(k.oid)
                from pg_constraint k
                join pg_type t on t.oid = k.contypid
                join any_schema n on n.oid = t.typnamespace
               where k.contype = 'c' and k.conrelid = 0 and (n.own or t.oid >= 16384)
                 and not exists (select from extension_object d
                                  where d.classid = 'pg_type'::regclass and d.objid = t.oid)
              union all
              select 'OPERATOR', 'operator ' || o.oid::regoperator,
                     pg_get_userbyid(o.oprowner) || ' ' || coalesce(d.digest, o.oprcode::text)
                from pg_operator o
                left join digest d on d.oid = o.oprcode
               where o.oid >= 16384
                 and not exists (select from extension_object e
                                  where e.classid = 'pg_operator'::regclass and e.objid = o.oid)
              union all
              select 'TRIGGER', 'trigger ' || n.nspname || '.' || c.relname || '/' || g.tgname,
                     case g.tgenabled when 'A' then 'always: ' when 'O' then 'origin: ' when 'R' then 'replica: ' else 'disabled: ' end
                       || pg_get_triggerdef(g.oid) || ' ' || coalesce(d.digest, 'of the server')
                from pg_trigger g
                join pg_class c on c.oid = g.tgrelid
                join pg_namespace n on n.oid = c.relnamespace
                left join digest d on d.oid = g.tgfoid
               where (not g.tgisinternal or g.tgfoid >= 16384) and n.nspname !~ '^pg_temp'
                 and not exists (select from pg_trigger parent where parent.oid = g.tgparentid)
              union all
              select 'POLICY', 'policy ' || r.name || '/' || p.polname,
                     case when p.polpermissive then 'permissive' else 'restrictive' end || ' for '
                       || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                                        when 'd' then 'delete' else 'all' end
                       || ' to ' || array_to_string(array(
                            select case o.id when 0 then 'public' else pg_get_userbyid(o.id) end
                              from unnest(p.polroles) o (id) order by 1), ', ')
                       || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
                       || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
                from pg_policy p
                join app_relation r on r.oid = p.polrelid
               where not r.relispartition
              union all
              select 'PUBLICATION', 'publication ' || p.pubname,
                     pg_get_userbyid(p.pubowner) || case when p.puballtables then ' of all tables' else '' end
                       || coalesce((select ' of schemas ' || string_agg(s.pnnspid::regnamespace::text, ', ' order by 1)
                                      from pg_publication_namespace s where s.pnpubid = p.oid), '')
                       || coalesce((select ' of tables ' || string_agg(t.prrelid::regclass::text, ', ' order by 1)
                                      from pg_publication_rel t where t.prpubid = p.oid), '')
                from pg_publication p
              union all
              select 'SUBSCRIPTION', 'subscription ' || s.subname,
                     pg_get_userbyid(s.subowner) || case when s.subenabled then ' enabled' else ' disabled' end
                       || ' of ' || array_to_string(s.subpublications, ', ')
                from pg_subscription s
               where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
              union all
              select 'SERVER', 'server functions of PostgreSQL ' || v.major,
                     (select 'sha256:' || encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex')
                        from (select concat_ws(' ', p.oid::regprocedure, l.lanname, p.prosrc, p.probin, p.proowner, p.prosecdef,
                                               p.proleakproof, p.provolatile, p.proisstrict, p.proretset, p.proconfig,
                                               p.prorettype::regtype, pg_get_function_sqlbody(p.oid)) as line
                                from pg_proc p
                                join pg_language l on l.oid = p.prolang
                               where p.oid < 16384) one)
                from (select current_setting('server_version_num')::int / 10000 as major) v
              union all
              select 'SERVER', 'server views of PostgreSQL ' || v.major,
                     (select 'sha256:' || encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex')
                        from (select concat_ws(' ', c.oid::regclass, c.relowner, c.reloptions, pg_get_viewdef(c.oid)) as line
                                from pg_class c
                               where c.oid < 16384 and c.relkind = 'v') one)
                from (select current_setting('server_version_num')::int / 10000 as major) v
            ),
            catalog_now as (
              select kind, name, regexp_replace(definition, '\\s+', ' ', 'g') as definition from catalog_lines
            )
            """;

    /**
     * Differences from the reviewed lines, as object and detail; none where no line was reviewed. A version of the server that
     * no line is about is not looked at.
     */
    public static String differences(Kind... kinds) {
        String words = String.join(
                ", ",
                java.util.Arrays.stream(kinds).map(kind -> "'" + kind + "'").toList());
        return NOW + """
                select coalesce(n.name, r.name),
                       case when n.name is null then 'was reviewed and is not there'
                            when r.name is null then 'is not on the reviewed list: ' || left(n.definition, 200)
                            else 'is not as it was reviewed but ' || left(n.definition, 200) end
                  from (select * from catalog_now where kind in (%1$s)) n
                  full join (select l.key as name, l.value as definition
                               from ask
                              cross join lateral jsonb_each_text(ask.reviewed_catalog) l
                              where case split_part(l.key, ' ', 1)
                                         when 'function' then 'FUNCTION' when 'trigger' then 'TRIGGER' when 'policy' then 'POLICY'
                                         when 'constraint' then 'CONSTRAINT' when 'operator' then 'OPERATOR'
                                         when 'publication' then 'PUBLICATION' when 'subscription' then 'SUBSCRIPTION'
                                         when 'server' then 'SERVER' else 'RELATION' end in (%1$s)) r on r.name = n.name
                 where exists (select from ask where ask.reviewed_catalog <> '{}')
                   and n.definition is distinct from r.definition
                   and (n.kind = 'SERVER') is not true and split_part(coalesce(r.name, ''), ' ', 1) <> 'server'
                    or n.kind = 'SERVER' and n.definition <> r.definition
                 order by 1""".formatted(words);
    }

    /** What there is now, in order: to be written down and reviewed. */
    public static SortedMap<String, String> now(Catalog catalog) throws SQLException {
        SortedMap<String, String> lines = new TreeMap<>();
        for (Map.Entry<String, String> line : catalog.rows(
                NOW + "select name, definition from catalog_now",
                row -> Map.entry(row.getString(1), row.getString(2)))) {
            lines.put(line.getKey(), line.getValue());
        }
        return lines;
    }

    /** Differences in triggers, for a check that is about them; each says what is so. */
    public static List<String> triggers(Catalog catalog) throws SQLException {
        return catalog.rows(differences(Kind.TRIGGER), row -> row.getString(1) + " " + row.getString(2));
    }
}
