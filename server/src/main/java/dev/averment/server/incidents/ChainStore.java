package dev.averment.server.incidents;

import dev.averment.server.clocks.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code incidents.step} and {@code incidents.target}: the chain that an incident climbs. */
final class ChainStore {

    List<ChainStep> steps(JdbcClient tx, UUID workspace) {
        record Target(int place, String kind, UUID target) {}
        List<Target> targets = tx.sql("""
                select place, kind, target from incidents.target
                 where workspace_id = ? order by place, kind, target limit 500""")
                .param(workspace)
                .query((r, _) -> new Target(r.getInt(1), r.getString(2), r.getObject(3, UUID.class)))
                .list();
        var steps = new ArrayList<ChainStep>();
        tx.sql("select place, after from incidents.step where workspace_id = ? order by place limit 10")
                .param(workspace)
                .query((r, _) -> new ChainStep(r.getInt(1), Term.of(r.getString(2)), List.of(), List.of()))
                .list()
                .forEach(step -> steps.add(new ChainStep(
                        step.place(),
                        step.after(),
                        targets.stream()
                                .filter(t ->
                                        t.place() == step.place() && t.kind().equals("channel"))
                                .map(Target::target)
                                .toList(),
                        targets.stream()
                                .filter(t ->
                                        t.place() == step.place() && t.kind().equals("person"))
                                .map(Target::target)
                                .toList())));
        return steps;
    }

    void replace(JdbcClient tx, UUID workspace, List<ChainStep> steps) {
        tx.sql("delete from incidents.target where workspace_id = ?")
                .param(workspace)
                .update();
        tx.sql("delete from incidents.step where workspace_id = ?")
                .param(workspace)
                .update();
        for (ChainStep step : steps) {
            tx.sql("insert into incidents.step (workspace_id, place, after) values (?, ?, ?)")
                    .params(workspace, step.place(), step.after().text())
                    .update();
            step.channels().forEach(channel -> target(tx, workspace, step.place(), "channel", channel));
            step.people().forEach(person -> target(tx, workspace, step.place(), "person", person));
        }
    }

    private static void target(JdbcClient tx, UUID workspace, int place, String kind, UUID target) {
        tx.sql("insert into incidents.target (workspace_id, place, kind, target) values (?, ?, ?, ?)")
                .params(workspace, place, kind, target)
                .update();
    }
}
