package dev.averment.checks.roleprivileges;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything must be refused for want of privilege; an error for another reason is no refusal. */
final class RolePrivilegesJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        boolean temporary = Boolean.TRUE.equals(expect.get("temporaryTables"));
        List<String> unclear = new ArrayList<>();
        List<String> missing = new ArrayList<>(RolePrivilegesCollector.BY_CATALOG);
        missing.addAll(
                List.of("CREATE TABLE", "ALTER TABLE", "DROP TABLE", "TRUNCATE", "GRANT", "SET ROLE", "CREATE ROLE"));
        long objects = 0;
        for (Subject attempt : facts.subjects()) {
            missing.remove(attempt.name());
            objects += Seen.number(attempt.facts(), "objects").orElse(0);
            if (Seen.is(attempt, "refused") || temporary && attempt.name().equals(Escalations.TEMPORARY)) {
                continue;
            }
            if (attempt.facts().get("unclear") instanceof List<?> open
                    && !open.isEmpty()
                    && attempt.facts().get("accepted") instanceof List<?> none
                    && none.isEmpty()) {
                unclear.add(attempt.name() + " (" + open.getFirst() + ")");
                continue;
            }
            Object where = attempt.facts().get("accepted") instanceof List<?> accepted && !accepted.isEmpty()
                    ? accepted.getFirst()
                    : attempt.name();
            if (attempt.name().equals(Grants.BEYOND)) {
                return Judgement.failing("A role holds what is not on the reviewed list of grants: " + where + ".");
            }
            return Judgement.failing("The application's database role " + may(attempt.name())
                    + (attempt.name().equals(where) ? "." : " (" + where + ")."));
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("Nothing was tried as the application's database role.");
        }
        long sessions = Seen.number(facts.values(), "ownerSessions").orElse(-1);
        if (sessions > 0) {
            return Judgement.failing(
                    Seen.count(sessions, "session") + " of the tables' owner open beside the application.");
        }
        if (!missing.isEmpty()) {
            return Judgement.unproven("Not tried: " + Seen.some(missing) + ".");
        }
        if (!unclear.isEmpty() || sessions < 0) {
            return Judgement.unproven("Neither allowed nor refused for want of privilege: "
                    + (unclear.isEmpty() ? "sessions of the owner" : Seen.some(unclear)) + ".");
        }
        return Judgement.proven(Seen.count(facts.subjects().size(), "kind") + " of escalation on "
                + Seen.count(objects, "object") + ", all refused; "
                + (Seen.number(facts.values(), "reviewedGrants").orElse(0) > 0
                        ? "every grant to any role is on the reviewed list; "
                        : "")
                + "no session of the tables' owner is open.");
    }

    private static String may(String kind) {
        return switch (kind) {
            case Grants.OWNERSHIP -> "owns something";
            case Grants.GRANT_OPTION -> "may grant on what it holds";
            case Grants.MEMBERSHIP -> "has a membership that it must not have";
            case Grants.PREDEFINED -> "is a member of a predefined role of PostgreSQL's";
            default -> "may " + kind;
        };
    }
}
