package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.tenancy.WellKnown;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

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
                        "entry-made-unreadable",
                        "A superuser alters an entry about a new row so that it is no JSON any more.",
                        Verdict.FAILING,
                        instance -> {
                            String leaf = newest(
                                    instance,
                                    "select i.leaf_id::text from evidence.leaf_index i join evidence.leaf l"
                                            + " on l.workspace_id = i.workspace_id and l.leaf_id = i.leaf_id"
                                            + " where i.workspace_id = ?::uuid and l.action = 'row.inserted'"
                                            + " order by i.seq desc limit 1");
                            // Canonical JSON begins {"action":" and its tenth byte, counted from none, is a quotation
                            // mark.
                            String turn =
                                    "update evidence.leaf set bytes = set_byte(bytes, 10, get_byte(bytes, 10) # 1)"
                                            + " where workspace_id = '" + WellKnown.OPERATOR + "' and leaf_id = '"
                                            + leaf + "'";
                            instance.asSuperuser(turn);
                            return () -> instance.asSuperuser(turn);
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
                        List.of("revoke update on evidence.leaf from averment_app")),
                Sql.fault(
                        "entries-may-be-deleted-by-another-role",
                        "The role that signs people in may delete entries of the log.",
                        List.of("grant delete on evidence.leaf to averment_auth"),
                        List.of("revoke delete on evidence.leaf from averment_auth")),
                new Sabotage.Live(
                        "other-log-altered",
                        "A superuser alters one byte of the newest entry of the system log.",
                        Verdict.FAILING,
                        instance -> {
                            String leaf = Sql.text(
                                    instance,
                                    "select leaf_id::text from evidence.leaf_index where workspace_id = ?::uuid"
                                            + " order by seq desc limit 1",
                                    WellKnown.SYSTEM.toString());
                            String turn =
                                    "update evidence.leaf set bytes = set_byte(bytes, 12, get_byte(bytes, 12) # 1)"
                                            + " where leaf_id = '" + leaf + "'";
                            instance.asSuperuser(turn);
                            return () -> instance.asSuperuser(turn);
                        }),
                new Sabotage.Live(
                        "observation-edited",
                        "A superuser turns a failing observation into a proven one, with the trigger disabled.",
                        Verdict.FAILING,
                        instance -> {
                            UUID observation = observed(instance);
                            String off = "alter table claims.observation disable trigger " + TRIGGER;
                            String on = "alter table claims.observation enable always trigger " + TRIGGER;
                            String row = " where observation_id = '" + observation + "'";
                            instance.asSuperuser(off, "update claims.observation set verdict = 'proven'" + row, on);
                            return () -> instance.asSuperuser(
                                    off, "update claims.observation set verdict = 'failing'" + row, on);
                        }),
                edited(
                        "verdict-edited",
                        "A superuser turns the newest verdict of a page's history into the opposite, with the trigger disabled.",
                        "claims.verdict",
                        "(page_id, claim_id, since) = (select page_id, claim_id, since from claims.verdict order by since desc,"
                                + " claim_id limit 1)"),
                unrecorded(
                        "member-edited",
                        "A superuser makes a new owner of the operator's workspace, with the trigger disabled.",
                        "tenancy.member",
                        "insert into tenancy.member (workspace_id, account_id, role) values ('" + WellKnown.OPERATOR
                                + "', '00000000-0000-4000-8000-00005ab07a6e', 'owner')",
                        "delete from tenancy.member where account_id = '00000000-0000-4000-8000-00005ab07a6e'"),
                unrecorded(
                        "revision-edited",
                        "A superuser moves the day from which a page is in force, with the trigger disabled.",
                        "claims.revision",
                        "update claims.revision set in_force_since = in_force_since - interval '1 year'",
                        "update claims.revision set in_force_since = in_force_since + interval '1 year'"),
                Sql.fault(
                        "entry-under-another-action",
                        "A superuser files the entries of new rows under another action than their bytes say.",
                        List.of("update evidence.leaf set action = 'row.archived' where action = 'row.inserted'"),
                        List.of("update evidence.leaf set action = 'row.inserted' where action = 'row.archived'")),
                Sql.fault(
                        "queue-on-a-condition",
                        "The trigger that queues leaves for the log passes those of one program over.",
                        List.of(
                                "drop trigger queue_leaves on evidence.leaf",
                                QUEUE.formatted("current_user <> 'averment_seal' and"
                                        + " current_setting('application_name') <> 'sabotage'"),
                                "alter table evidence.leaf enable always trigger queue_leaves"),
                        List.of(
                                "drop trigger queue_leaves on evidence.leaf",
                                QUEUE.formatted("current_user <> 'averment_seal'"),
                                "alter table evidence.leaf enable always trigger queue_leaves")),
                Sql.fault(
                        "queue-disabled",
                        "The trigger that queues leaves for the log is disabled.",
                        List.of("alter table evidence.leaf disable trigger queue_leaves"),
                        List.of("alter table evidence.leaf enable always trigger queue_leaves")),
                new Sabotage.Live(
                        "integrator-locked-out",
                        "A session of the database holds the integrator's lock and does not let go.",
                        Verdict.FAILING,
                        instance -> {
                            var session = instance.session(
                                    "select pg_advisory_lock(hashtextextended('averment.integrator', 0))");
                            return () -> {
                                try {
                                    session.close();
                                } catch (java.sql.SQLException e) {
                                    throw new PlantException("the session can't be closed: " + e.getMessage(), e);
                                }
                            };
                        }));
    }

    private static final String QUEUE = """
            create trigger queue_leaves after insert on evidence.leaf
                referencing new table as new_leaves
                for each statement when (%s)
                execute function evidence.queue_leaves()""";

    private static Sabotage unrecorded(String id, String breaks, String table, String plant, String remove) {
        String off = "alter table " + table + " disable trigger " + TRIGGER;
        String on = "alter table " + table + " enable always trigger " + TRIGGER;
        return Sql.fault(id, breaks, List.of(off, plant, on), List.of(off, remove, on));
    }

    /** Turns the verdict of one row over, unrecorded. */
    private static Sabotage edited(String id, String breaks, String table, String which) {
        return new Sabotage.Live(id, breaks, Verdict.FAILING, instance -> {
            String kept = "public.sabotage_" + id.replace('-', '_');
            String off = "alter table " + table + " disable trigger " + TRIGGER;
            String on = "alter table " + table + " enable always trigger " + TRIGGER;
            String row = " where o.workspace_id = k.workspace_id and o.page_id = k.page_id and o.claim_id = k.claim_id"
                    + " and o.since = k.since";
            instance.asSuperuser(
                    "create table " + kept + " as select * from " + table + " where " + which,
                    off,
                    "update " + table
                            + " o set verdict = case k.verdict when 'proven' then 'failing' else 'proven' end from "
                            + kept + " k" + row,
                    on);
            return () -> instance.asSuperuser(
                    off,
                    "update " + table + " o set verdict = k.verdict from " + kept + " k" + row,
                    on,
                    "drop table " + kept);
        });
    }

    /** A failing observation with its entry, as the server itself would take it in: an instance runs no schedule. */
    private static UUID observed(Instance instance) throws PlantException {
        UUID observation = LeafIds.next(InstantSource.system());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return instance.asOperator(connection -> {
            String origin;
            int revision;
            String page;
            try (var s = connection.createStatement();
                    var r = s.executeQuery("select l.origin, r.page_id, r.number from evidence.log l, claims.revision r"
                            + " where l.workspace_id = r.workspace_id order by r.number desc limit 1")) {
                r.next();
                origin = r.getString(1);
                page = r.getString(2);
                revision = r.getInt(3);
            }
            Leaf leaf = Leaf.of(origin, "check.observed")
                    .id(LeafIds.next(InstantSource.system()))
                    .time(now, now)
                    .category(Leaf.Category.OBSERVATION)
                    .crud(Leaf.Crud.READ)
                    // As Instance.asOperator enters the workspace.
                    .actor(Leaf.ActorType.SERVICE, "check")
                    .detail(JsonObject.of(
                            "observation",
                            observation.toString(),
                            "page",
                            page,
                            "revision",
                            revision,
                            "claim",
                            "sabotage",
                            "check",
                            "sabotage",
                            "verdict",
                            "failing",
                            "reason",
                            "it fails"))
                    .build();
            try (var s = connection.prepareStatement(
                    "insert into evidence.leaf (workspace_id, leaf_id, action, bytes) values (?, ?, ?, ?)")) {
                s.setObject(1, WellKnown.OPERATOR);
                s.setObject(2, leaf.id());
                s.setString(3, leaf.action());
                s.setBytes(4, leaf.bytes());
                s.executeUpdate();
            }
            try (var s = connection.prepareStatement(
                    "insert into claims.observation (workspace_id, observation_id, page_id, revision, claim_id, check_id,"
                            + " check_type, observed_at, received_at, verdict, reason, subjects, leaf_id)"
                            + " values (?, ?, ?, ?, 'sabotage', 'sabotage', 'sabotage', ?, ?, 'failing', 'it fails', 1, ?)")) {
                s.setObject(1, WellKnown.OPERATOR);
                s.setObject(2, observation);
                s.setString(3, page);
                s.setInt(4, revision);
                s.setObject(5, now.atOffset(ZoneOffset.UTC));
                s.setObject(6, now.atOffset(ZoneOffset.UTC));
                s.setObject(7, leaf.id());
                s.executeUpdate();
            }
            return observation;
        });
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
