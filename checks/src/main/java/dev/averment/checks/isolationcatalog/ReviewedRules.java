package dev.averment.checks.isolationcatalog;

import dev.averment.checks.postgres.ReviewedCatalog;
import dev.averment.checks.postgres.ReviewedCatalog.Kind;

/** Queries that hold the catalog against what was reviewed, and one that needs no list. Each gives object and detail. */
final class ReviewedRules {
    private ReviewedRules() {}

    static final String P36 = """
            select c.oid::regclass::text, 'inherits from ' || p.oid::regclass
              from pg_inherits i
              join pg_class c on c.oid = i.inhrelid
              join pg_class p on p.oid = i.inhparent
             where not c.relispartition and c.relkind in ('r', 'p', 'f') and c.oid >= 16384
               and exists (select from app_relation r where r.oid in (p.oid, c.oid))""";

    static final String P37 = ReviewedCatalog.differences(Kind.RELATION, Kind.FUNCTION);

    static final String P38 = ReviewedCatalog.differences(Kind.TRIGGER);

    static final String P39 = ReviewedCatalog.differences(Kind.POLICY);

    static final String P40 = ReviewedCatalog.differences(Kind.PUBLICATION, Kind.SUBSCRIPTION);

    static final String P42 = ReviewedCatalog.differences(Kind.CONSTRAINT, Kind.OPERATOR);

    static final String P41 = ReviewedCatalog.differences(Kind.SERVER);
}
