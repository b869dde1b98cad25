package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/** Faults that somebody with the superuser's credential plants in the schema. */
final class Sql {
    private Sql() {}

    /** Statements that break, and statements that mend. */
    static Sabotage fault(String id, String breaks, List<String> plant, List<String> remove) {
        return new Sabotage.Live(id, breaks, Verdict.FAILING, instance -> {
            instance.asSuperuser(plant.toArray(String[]::new));
            return () -> instance.asSuperuser(remove.toArray(String[]::new));
        });
    }

    /** Replaces a function; its definition of before comes back afterwards, owner and grants untouched. */
    static Sabotage function(String id, String breaks, String signature, String replacement) {
        return new Sabotage.Live(id, breaks, Verdict.FAILING, instance -> {
            String before = text(instance, "select pg_get_functiondef(?::regprocedure)", signature);
            instance.asSuperuser(replacement);
            return () -> instance.asSuperuser(before);
        });
    }

    /**
     * A trigger that alters or swallows rows as they are written.
     *
     * @param on    when and on what, such as {@code before update on identity.session}
     * @param body  of its function, which ends by returning a row
     */
    static Sabotage trigger(String id, String breaks, String on, String body) {
        String name = "sabotage_" + id.replace('-', '_');
        String table = on.substring(on.lastIndexOf(' ') + 1);
        return fault(
                id,
                breaks,
                List.of(
                        "create function public." + name + "() returns trigger language plpgsql as $$ begin " + body
                                + " end $$",
                        "create trigger " + name + " " + on + " for each row execute function public." + name + "()"),
                List.of("drop trigger " + name + " on " + table, "drop function public." + name + "()"));
    }

    /** The one text that {@code query} gives for {@code argument}, read as superuser. */
    static String text(Instance instance, String query, String argument) throws PlantException {
        return instance.asSuperuser(connection -> {
            try (PreparedStatement s = connection.prepareStatement(query)) {
                s.setString(1, argument);
                try (ResultSet r = s.executeQuery()) {
                    if (!r.next() || r.getString(1) == null) {
                        throw new java.sql.SQLException("nothing is there for " + argument, "02000");
                    }
                    return r.getString(1);
                }
            }
        });
    }
}
