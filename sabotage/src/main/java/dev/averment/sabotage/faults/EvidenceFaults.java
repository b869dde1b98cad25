package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import dev.averment.server.tenancy.WellKnown;
import java.util.List;

/** What makes the evidence incomplete or false. */
public final class EvidenceFaults {
    private static final String TABLE = "registers.entry";
    private static final String TRIGGER = "record_change";
    private static final String RECORDER = "evidence.record_change()";

    private EvidenceFaults() {}

    /** For {@code modification-audit}. */
    public static List<Sabotage> audit() {
        return List.of(
                new Sabotage.Live(
                        "audit-trigger-dropped",
                        "One table has lost the trigger that records changes.",
                        Verdict.FAILING,
                        instance -> {
                            String made = Sql.text(
                                    instance,
                                    "select pg_get_triggerdef(oid) from pg_trigger"
                                            + " where tgrelid = ?::regclass and tgname = '" + TRIGGER + "'",
                                    TABLE);
                            instance.asSuperuser("drop trigger " + TRIGGER + " on " + TABLE);
                            return () -> instance.asSuperuser(
                                    made, "alter table " + TABLE + " enable always trigger " + TRIGGER);
                        }),
                Sql.fault(
                        "audit-trigger-disabled",
                        "The trigger that records changes is disabled on one table.",
                        List.of("alter table " + TABLE + " disable trigger " + TRIGGER),
                        List.of("alter table " + TABLE + " enable always trigger " + TRIGGER)),
                Sql.fault(
                        "audit-trigger-evadable",
                        "The trigger that records changes of one table is skipped by a session in replica mode.",
                        List.of("alter table " + TABLE + " enable trigger " + TRIGGER),
                        List.of("alter table " + TABLE + " enable always trigger " + TRIGGER)),
                Sql.function(
                        "audit-records-nothing",
                        "The triggers are all there and fire, but write nothing.",
                        "evidence.record_change()",
                        """
                        create or replace function evidence.record_change() returns trigger language plpgsql
                            set search_path = pg_catalog, pg_temp
                        as $$ begin return null; end $$"""),
                new Sabotage.Live(
                        "audit-skips-one-workspace",
                        "The function behind the triggers passes over the changes of one workspace.",
                        Verdict.FAILING,
                        instance -> {
                            String before = Sql.text(instance, "select pg_get_functiondef(?::regprocedure)", RECORDER);
                            instance.asSuperuser(before.replaceFirst(
                                    "\nbegin\n",
                                    "\nbegin if to_jsonb(coalesce(new, old)) ->> 'workspace_id' = '"
                                            + WellKnown.OPERATOR + "' then return null; end if;\n"));
                            return () -> instance.asSuperuser(before);
                        }),
                Sql.fault(
                        "audit-missing-in-new-schema",
                        "A table of workspaces in a new schema carries no trigger.",
                        List.of(
                                "create schema sabotage",
                                "create table sabotage.note (workspace_id uuid not null, note_id uuid,"
                                        + " primary key (workspace_id, note_id))"),
                        List.of("drop schema sabotage cascade")));
    }

    /** For {@code log-integrity}. */
    public static List<Sabotage> log() {
        return List.of(
                new Sabotage.Live(
                        "entry-altered",
                        "A superuser alters one byte of a stored entry.",
                        Verdict.FAILING,
                        instance -> {
                            String leaf = newest(
                                    instance,
                                    "select leaf_id::text from evidence.leaf_index"
                                            + " where workspace_id = ?::uuid order by seq limit 1");
                            return turned(instance, "evidence.leaf", "bytes", "leaf_id = '" + leaf + "'");
                        }),
                new Sabotage.Live(
                        "entry-deleted", "A superuser deletes one stored entry.", Verdict.FAILING, instance -> {
                            String leaf = newest(
                                    instance,
                                    "select leaf_id::text from evidence.leaf_index"
                                            + " where workspace_id = ?::uuid order by seq limit 1");
                            String operator = WellKnown.OPERATOR.toString();
                            instance.asSuperuser(
                                    "create table evidence.sabotage_kept as select * from evidence.leaf where workspace_id = '"
                                            + operator + "' and leaf_id = '" + leaf + "'",
                                    "delete from evidence.leaf where workspace_id = '" + operator + "' and leaf_id = '"
                                            + leaf + "'");
                            return () -> instance.asSuperuser(
                                    // Or the entry would be sequenced a second time.
                                    "alter table evidence.leaf disable trigger queue_leaves",
                                    "insert into evidence.leaf select * from evidence.sabotage_kept",
                                    "alter table evidence.leaf enable always trigger queue_leaves",
                                    "drop table evidence.sabotage_kept");
                        }),
                new Sabotage.Live(
                        "tile-altered",
                        "A superuser alters one byte of a hash tile.",
                        Verdict.FAILING,
                        instance -> turned(instance, "evidence.tile", "data", "level = 0 and n = 0")),
                Sql.fault(
                        "entries-may-be-changed",
                        "The application's role may change entries of the log.",
                        List.of("grant update on evidence.leaf to averment_app"),
                        List.of("revoke update on evidence.leaf from averment_app")));
    }

    private static String newest(Instance instance, String query) throws PlantException {
        return Sql.text(instance, query, WellKnown.OPERATOR.toString());
    }

    /** Turns one bit over, and once more to mend it: whatever was appended meanwhile stays. */
    private static Sabotage.Removal turned(Instance instance, String table, String column, String which)
            throws PlantException {
        String turn = "update " + table + " set " + column + " = set_byte(" + column + ", 12, get_byte(" + column
                + ", 12) # 1) where workspace_id = '" + WellKnown.OPERATOR + "' and " + which;
        instance.asSuperuser(turn);
        return () -> instance.asSuperuser(turn);
    }

    /** For {@code packet-round-trip}. */
    public static List<Sabotage> packet() {
        return List.of(Edge.fault(
                "packet-byte-flipped",
                "One bit of the packet is turned over on its way to the reader.",
                new EdgeRule(EdgeRule.Kind.FLIP, "/pages/[^/]+/packet\\.zip", "", "")));
    }
}
