package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What goes wrong with records on paper: they expire, grow old, lose their owner, or were never made. */
public final class RecordFaults {
    private static final String UPDATE = "update registers.entry set ";
    private static final String FIRST = "order by entry_id limit 1";

    private RecordFaults() {}

    /** For {@code records}. */
    public static List<Sabotage> records(Bound bound) {
        String page = bound.page().id();
        String register = String.valueOf(bound.check().with().get("register"));
        Object only = bound.check().with().get("id");
        String which =
                only == null ? FIRST : "and entry_id = '" + only.toString().replace("'", "''") + "'";
        var faults = new ArrayList<Sabotage>();
        faults.add(entry(
                "record-expired", "One record has expired.", page, register, which, "expires = current_date - 1"));
        faults.add(entry("record-without-owner", "Nobody owns one record.", page, register, which, "owner = null"));
        faults.add(entry(
                "record-with-invisible-owner",
                "The owner of one record is a character that nobody sees.",
                page,
                register,
                which,
                "owner = chr(8203)"));
        faults.add(entry(
                "record-in-progress-without-date",
                "One record is in progress, and nobody says since when.",
                page,
                register,
                which,
                "status = 'in-progress', dated = null"));
        if (bound.check().expect().containsKey("maxAge")) {
            faults.add(entry(
                    "record-overdue",
                    "One record is older than promised: a person, a test or a document is overdue.",
                    page,
                    register,
                    which,
                    "dated = current_date - 3700, expires = null"));
        }
        if (bound.check().expect().get("fields") instanceof List<?> fields
                && !fields.isEmpty()
                && fields.stream()
                        .noneMatch(f -> List.of("dated", "expires", "status").contains(f))) {
            faults.add(entry(
                    "record-incomplete",
                    "A promised field of one record is empty.",
                    page,
                    register,
                    which,
                    "details = (details::jsonb - '"
                            + fields.getFirst().toString().replace("'", "''") + "')::text"));
        }
        faults.add(Register.fault(
                "register-emptied:" + register,
                "All records of the register are gone.",
                Verdict.UNPROVEN,
                page,
                register,
                only == null ? "" : which,
                "delete from registers.entry"));
        return faults;
    }

    private static Sabotage entry(String id, String breaks, String page, String register, String which, String set) {
        return Register.fault(id + ":" + register, breaks, Verdict.FAILING, page, register, which, UPDATE + set);
    }

    /** For {@code sub-processors}. */
    public static List<Sabotage> subProcessors(Bound bound) {
        String page = bound.page().id();
        Object named = bound.check().with().get("register");
        String register = named == null ? "sub-processors" : named.toString();
        var faults = new ArrayList<Sabotage>();
        if (bound.check().expect().get("fields") instanceof List<?> fields) {
            for (Object field : fields) {
                faults.add(entry(
                        "sub-processor-without-" + field,
                        "One sub-processor is published without its " + field + ".",
                        page,
                        register,
                        FIRST,
                        "details = (details::jsonb - '" + field.toString().replace("'", "''") + "')::text"));
            }
        }
        faults.add(Edge.fault(
                "sub-processors-hidden",
                "The sub-processors stand on the page, but readers do not see them.",
                new EdgeRule(
                        EdgeRule.Kind.REPLACE,
                        "/pages/[^/]+/sub-processors",
                        "data-register=",
                        "hidden data-register=")));
        faults.add(Register.fault(
                "no-sub-processors",
                "The register of sub-processors is empty.",
                Verdict.UNPROVEN,
                page,
                register,
                "",
                "delete from registers.entry"));
        return faults;
    }

    /** For {@code certification-words}. */
    public static List<Sabotage> words(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        faults.add(PageEdit.fault(
                "certified-without-record",
                "The page says in its title that an examination was passed, and no record says so.",
                "(?m)^(title: \\{\\s*[a-z]{2}: \"[^\"]*)\"",
                "$1: SOC 2 certified\""));
        faults.add(PageEdit.fault(
                "certified-in-disguise",
                "The page says in its title that an examination was passed, in letters that a search does not find.",
                "(?m)^(title: \\{\\s*[a-z]{2}: \"[^\"]*)\"",
                "$1: S\u041eC 2 cer\u00adtified\""));
        // Where a sentence rests on milestones, the milestones go.
        if (bound.claim().checks().stream()
                .anyMatch(c -> c.type().equals("records") && c.with().equals(Map.of("register", "milestones")))) {
            faults.add(Register.fault(
                    "milestones-gone",
                    "The page speaks of an examination in progress, and its milestones are off the record.",
                    Verdict.FAILING,
                    bound.page().id(),
                    "milestones",
                    "",
                    "delete from registers.entry"));
        }
        return faults;
    }
}
