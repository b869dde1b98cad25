package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import dev.averment.sabotage.instance.PlantException;
import java.util.List;

/** What lets pings in that nobody may send, or more of them than are allowed. */
public final class IngestFaults {
    private static final String INGEST = "dev.averment.server.monitoring.ingest.";
    private static final String SCOPE = "and t.monitor_id = m.monitor_id";

    private IngestFaults() {}

    /** For {@code ingest-token}. */
    public static List<Sabotage> tokens() {
        return List.of(
                new Sabotage.Live(
                        "token-for-every-monitor",
                        "A token counts at every monitor of its workspace.",
                        Verdict.FAILING,
                        instance -> {
                            String before =
                                    Sql.text(instance, "select pg_get_functiondef(?::regproc)", "monitoring.ingest");
                            if (!before.contains(SCOPE)) {
                                throw new PlantException("the function for pings no longer says: " + SCOPE);
                            }
                            instance.asSuperuser(before.replace(SCOPE, ""));
                            return () -> instance.asSuperuser(before);
                        }),
                Sql.trigger(
                        "overlap-gone",
                        "A token that is replaced ends at once.",
                        "before update on monitoring.ingest_token",
                        "new.expires_at := least(new.expires_at, now()); return new;"),
                Sql.trigger(
                        "overlap-without-end",
                        "A token that is replaced goes on to count.",
                        "before update on monitoring.ingest_token",
                        "new.expires_at := old.expires_at; return new;"),
                new Sabotage.AtStart(
                        "token-signature-unchecked",
                        "The signature of a token for pings is not looked at.",
                        sound -> sound.mistaken(
                                new CodeMistake(INGEST + "IngestTokens", "genuine", "([B[B)", What.GIVES_TRUE))));
    }

    /** For {@code intake-limits}. */
    public static List<Sabotage> limits() {
        return List.of(
                PageEdit.fault(
                        "ingest-limit-lifted",
                        "The policy in force lets everybody send pings as often as they like.",
                        "(?m)^policy:[ \\t]*$",
                        "policy:\n  limits: {ingest-monitor: 100000/1m}"),
                new Sabotage.AtStart(
                        "limits-never-over",
                        "No limit is ever exceeded, however much is counted.",
                        sound -> sound.mistaken(new CodeMistake(
                                "dev.averment.server.limits.LocalLimits$Counts", "over", "(I)", What.GIVES_FALSE))),
                new Sabotage.AtStart(
                        "ping-refused-without-time",
                        "A refusal of pings and events does not say when to try again.",
                        sound -> sound.mistaken(new CodeMistake(INGEST + "Reply", "<init>", "(", What.FORGETS_LAST))));
    }
}
