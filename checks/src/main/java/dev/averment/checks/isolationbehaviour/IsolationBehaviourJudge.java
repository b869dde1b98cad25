package dev.averment.checks.isolationbehaviour;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One foreign row is one too many. A table without a canary row of the other workspace proves nothing about itself. */
final class IsolationBehaviourJudge implements Judge {

    /** Facts that must be 0, with what each means for the page. */
    static final Map<String, String> ATTEMPTS = attempts();

    private static Map<String, String> attempts() {
        Map<String, String> attempts = new LinkedHashMap<>();
        attempts.put("select", "rows of another workspace could be read");
        attempts.put("update", "rows of another workspace could be changed");
        attempts.put("delete", "rows of another workspace could be deleted");
        attempts.put("insert", "a row could be written into another workspace");
        attempts.put("move", "a row could be moved into another workspace");
        attempts.put("withoutContext", "rows could be read without any workspace entered");
        attempts.put("insertWithoutContext", "a row could be written without any workspace entered");
        attempts.put("afterCommit", "rows could be read after the transaction that had entered the workspace");
        return attempts;
    }

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        List<String> unproven = new ArrayList<>();
        List<String> blind = new ArrayList<>();
        List<String> systemMade = new ArrayList<>();
        long withCanary = 0;
        long byPrivilege = 0;
        for (Subject table : facts.subjects()) {
            for (Map.Entry<String, String> attempt : ATTEMPTS.entrySet()) {
                OptionalLong rows = Seen.number(table.facts(), attempt.getKey());
                if (rows.isEmpty()) {
                    unproven.add(table.name() + " (" + attempt.getKey() + " was not tried)");
                } else if (rows.getAsLong() != 0) {
                    return Judgement.failing("In " + table.name() + " " + attempt.getValue() + " ("
                            + Seen.count(rows.getAsLong(), "row") + ").");
                }
            }
            if (!(table.facts().get("unclear") instanceof List<?> unclear) || !unclear.isEmpty()) {
                unproven.add(table.name() + " (unclear: " + table.facts().getOrDefault("unclear", "all") + ")");
            }
            if (table.facts().get("byPrivilege") instanceof List<?> commands) {
                byPrivilege += commands.size();
            }
            if (Seen.is(table, "canary")) {
                withCanary++;
            } else if (Seen.is(table, "appendOnly")) {
                systemMade.add(table.name());
            } else if (Seen.flag(table.facts(), "reachable").orElse(true)) {
                blind.add(table.name());
            }
        }
        if (!unproven.isEmpty()) {
            return Judgement.unproven("An attempt was neither refused nor counted in " + Seen.some(unproven) + ".");
        }
        if (!blind.isEmpty()) {
            return Judgement.unproven("No canary row of the other workspace to reach for in " + Seen.some(blind)
                    + "; make one in each table.");
        }
        if (withCanary == 0) {
            return Judgement.unproven("No tenant table held a canary row, so nothing was shown to be isolated.");
        }
        return Judgement.proven("No foreign row could be read, changed, deleted or written in "
                + Seen.count(facts.subjects().size(), "table") + ", "
                + (systemMade.isEmpty() ? "all" : "all but " + Seen.some(systemMade)) + " looked at with canary rows"
                + (byPrivilege == 0
                        ? "."
                        : "; " + Seen.count(byPrivilege, "attempt") + " refused for want of a privilege."));
    }
}
