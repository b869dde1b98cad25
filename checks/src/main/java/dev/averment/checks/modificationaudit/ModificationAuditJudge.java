package dev.averment.checks.modificationaudit;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The trigger must be whole on every table, and every change that could be tried must have left one record a row. */
final class ModificationAuditJudge implements Judge {
    private static final List<String> COMMANDS = List.of("insert", "update", "delete");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        boolean unknown = false;
        long watched = 0;
        for (Subject table : facts.subjects()) {
            for (String fact : List.of("trigger", "always", "insert", "update", "delete")) {
                if (Seen.flag(table.facts(), fact).isEmpty()) {
                    unknown = true;
                } else if (!Seen.is(table, fact)) {
                    return Judgement.failing(
                            switch (fact) {
                                case "trigger" -> table.name() + " does not carry the modification trigger.";
                                case "always" ->
                                    "The modification trigger of " + table.name() + " is not enabled always.";
                                default ->
                                    "The modification trigger of " + table.name() + " does not see every " + fact + ".";
                            });
                }
            }
            for (String command : COMMANDS) {
                OptionalLong rows = Seen.number(table.facts(), command + "Rows");
                OptionalLong leaves = Seen.number(table.facts(), command + "Leaves");
                OptionalLong stayed = Seen.number(table.facts(), command + "Stayed");
                if (rows.isEmpty() && leaves.isEmpty() && stayed.isEmpty()) {
                    continue; // not tried: the role may not, or keys hold the canary row in place
                }
                if (rows.isEmpty() || leaves.isEmpty() || stayed.isEmpty()) {
                    unknown = true;
                } else if (leaves.getAsLong() != rows.getAsLong()) {
                    return Judgement.failing("In " + table.name() + " "
                            + Seen.count(rows.getAsLong(), "row change") + " by " + command + " left "
                            + Seen.count(leaves.getAsLong(), "record") + ".");
                } else if (stayed.getAsLong() != 0) {
                    return Judgement.failing("In " + table.name()
                            + " a record of a change stayed though the change was rolled" + " back.");
                } else {
                    watched++;
                }
            }
        }
        if ("changed".equals(facts.values().get("function"))) {
            return Judgement.failing("The function behind the modification trigger is not the one that was reviewed.");
        }
        if (facts.values().get("unreviewedTriggers") instanceof List<?> triggers && !triggers.isEmpty()) {
            return Judgement.failing("A trigger is not as it was reviewed: " + triggers.getFirst() + ".");
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven(
                    "No tenant table was found that is not on the lists of unaudited tables and schemas.");
        }
        if (unknown) {
            return Judgement.unproven("The facts are incomplete: not every trigger was looked at.");
        }
        if (watched == 0) {
            return Judgement.unproven(
                    "The triggers are there, but none was watched at work: the target gives no audit trail (add"
                            + " postgres.audit to a target file), or no canary row could be changed.");
        }
        return Judgement.proven("The modification trigger is on "
                + Seen.count(facts.subjects().size(), "table") + ", always enabled; "
                + Seen.count(watched, "way") + " of changing a canary row each left one record, rolled back with it.");
    }
}
