package dev.averment.server.monitoring;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.server.monitoring.ingest.GroupCommit;
import dev.averment.server.monitoring.ingest.Output;
import dev.averment.server.monitoring.ingest.Recorded;
import dev.averment.server.monitoring.ingest.Signal;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs of work that the server itself does, reported by the one writer of pings as any job's are: nothing about them is written
 * past it.
 */
public final class OwnRuns {
    private static final Signal.Client SELF = new Signal.Client("POST", "own", "", "averment");

    private final MonitorStore store = new MonitorStore();
    private final Workspaces workspaces;
    private final GroupCommit commit;
    private final InstantSource clock;

    OwnRuns(Workspaces workspaces, GroupCommit commit, InstantSource clock) {
        this.workspaces = workspaces;
        this.commit = commit;
        this.clock = clock;
    }

    /**
     * Says that a run began.
     *
     * @return false when there is no such monitor any more
     * @throws IOException when it could not be written; it may have been all the same
     */
    public boolean started(UUID workspace, UUID monitor, UUID run) throws IOException, InterruptedException {
        return said(workspace, monitor, Signal.START, run, null, null, "");
    }

    /**
     * Says that a run ended.
     *
     * @param exit    0 for a success, to 255
     * @param metrics as events of runs have them: {@code records_in}, {@code records_out}, {@code bytes} and others
     * @param output  what it wrote
     * @return false when there is no such monitor any more
     * @throws IOException when it could not be written; it may have been all the same
     */
    public boolean ended(UUID workspace, UUID monitor, UUID run, int exit, Map<String, Long> metrics, String output)
            throws IOException, InterruptedException {
        String measured = new String(((JsonObject) JsonValue.of(metrics)).canonical(), StandardCharsets.UTF_8);
        return said(
                workspace,
                monitor,
                exit == 0 ? Signal.SUCCESS : Signal.FAIL,
                run,
                exit,
                Output.of(output.getBytes(StandardCharsets.UTF_8)),
                measured);
    }

    private boolean said(
            UUID workspace,
            UUID monitor,
            int kind,
            UUID run,
            @Nullable Integer exit,
            @Nullable Output output,
            String metrics)
            throws IOException, InterruptedException {
        Optional<UUID> ping = workspaces.reading(
                new WorkspaceContext(workspace, "service:monitoring"),
                jdbc -> store.byId(jdbc, workspace, monitor).map(Monitor::pingId));
        if (ping.isEmpty()) {
            return false;
        }
        try {
            Recorded recorded = commit.submit(new Signal(
                    new Signal.Address.ByPingId(ping.get()),
                    null,
                    clock.instant(),
                    kind,
                    exit,
                    run,
                    SELF,
                    output,
                    metrics));
            return recorded.outcome() == Recorded.Outcome.RECORDED;
        } catch (GroupCommit.Unavailable e) {
            throw new IOException("the run of a workflow could not be written down: " + e.getMessage(), e);
        }
    }
}
