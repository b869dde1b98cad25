package dev.averment.server.incidents;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code incidents.rule}. */
final class RuleStore {

    /**
     * How grave incidents about something are, and whose.
     *
     * @param about   {@code claim} (PAGE/CLAIM), {@code page}, {@code page-owner} (as the page names him), {@code monitor},
     *                {@code claims} or {@code monitors}
     * @param subject which one; empty for {@code claims} and {@code monitors}
     * @param owner   empty: the workspace's first owner
     */
    record Rule(String about, String subject, Severity severity, Optional<UUID> owner) {}

    List<Rule> all(JdbcClient tx, UUID workspace) {
        return tx.sql("""
                select about, subject, severity, owner from incidents.rule
                 where workspace_id = ? order by about, subject limit 1000""")
                .param(workspace)
                .query((r, _) -> new Rule(
                        r.getString(1),
                        r.getString(2),
                        Severity.valueOf(r.getString(3)),
                        Optional.ofNullable(r.getObject(4, UUID.class))))
                .list();
    }

    void replace(JdbcClient tx, UUID workspace, List<Rule> rules) {
        tx.sql("delete from incidents.rule where workspace_id = ?")
                .param(workspace)
                .update();
        for (Rule rule : rules) {
            tx.sql("insert into incidents.rule (workspace_id, about, subject, severity, owner) values (?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            workspace,
                            rule.about(),
                            rule.subject(),
                            rule.severity().name(),
                            rule.owner().orElse(null)))
                    .update();
        }
    }
}
