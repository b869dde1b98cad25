package dev.averment.checks.streamisolation;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WorkflowService;
import dev.averment.checks.target.WorkspaceService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Two people, each in a workspace of their own, follow what happens there, while as much happens in both. */
final class StreamIsolationCollector implements Collector {
    static final String ONE = "one tenant's stream";
    static final String OTHER = "the other tenant's stream";
    static final String RESUMED = "a stream that goes on after the other tenant's event";
    static final String INTRUDED = "a stream of the other tenant's workspace";

    private static final int EVENTS = 1_000;
    private static final int MOST_EVENTS = 20_000;
    /** At a time, well below what waits for a slow reader. */
    private static final int BATCH = 400;

    private static final long PATIENCE = 20_000;

    @Override
    public Facts collect(Look look) throws CollectException {
        var with = new SettingReader(look.with());
        int events = with.integer("events", EVENTS);
        if (events < 1 || events > MOST_EVENTS) {
            throw SettingReader.refused("events", events, "a whole number from 1 to " + MOST_EVENTS);
        }
        if (with.integer("tenants", 2) != 2) {
            throw SettingReader.refused("tenants", with.integer("tenants", 2), "2");
        }
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        WorkflowService workflows = service.workflows()
                .orElseThrow(
                        () -> new CollectException("The target shows no streams of its workspaces, which this check"
                                + " follows; it holds on this server only."));
        try (Canary first = Canary.confirmed(service);
                Canary second = Canary.beside(first)) {
            var here = new Side(first, workspaces, workspaces.workspace());
            var there = new Side(second, workspaces, workspaces.otherWorkspace());
            return new Facts(
                    look.clock().instant(),
                    subjects(workflows, here, there, events),
                    Map.of("tenants", 2L, "events", (long) events));
        }
    }

    /** One of the two tenants. */
    private static final class Side {
        final Canary canary;
        final String workspace;
        final String path;
        final Credentials credentials;
        final List<Long> transactions = new ArrayList<>();

        Side(Canary canary, WorkspaceService workspaces, String workspace) throws CollectException {
            this.canary = canary;
            this.workspace = workspace;
            this.credentials = canary.signedIn();
            this.path = Member.of(canary, credentials, workspaces, workspace).path() + "/events";
        }

        Follower follower(Side other) {
            return new Follower(canary.visitor().web(), path, credentials.accessToken(), workspace, other.workspace);
        }
    }

    private static List<Subject> subjects(WorkflowService workflows, Side here, Side there, int events)
            throws CollectException {
        String look = "checks/" + UUID.randomUUID();
        List<Subject> subjects = new ArrayList<>();
        try (Follower one = here.follower(there);
                Follower other = there.follower(here)) {
            if (!one.open("") || !other.open("") || !one.begun(PATIENCE) || !other.begun(PATIENCE)) {
                throw new CollectException("A stream could not be followed (status " + one.status() + " and "
                        + other.status() + "); see that the server offers streams of its workspaces.");
            }
            String begin = other.last();
            for (int told = 0; told < events; told += BATCH) {
                int count = Math.min(BATCH, events - told);
                begin = other.last();
                for (Side side : List.of(here, there)) {
                    side.transactions.add(workflows.tell(side.workspace, look, told + 1, count));
                }
                if (!one.has(told + count, PATIENCE) || !other.has(told + count, PATIENCE)) {
                    break;
                }
                if (one.foreign() + other.foreign() > 0) {
                    // One is one too many, and each of the two waits for what the other got.
                    break;
                }
            }
            subjects.add(subject(ONE, one, events));
            subjects.add(subject(OTHER, other, events));
            subjects.add(resumed(here, there, begin));
            subjects.add(intruded(here, there));
            return subjects;
        } finally {
            for (Side side : List.of(here, there)) {
                workflows.forget(side.workspace, side.transactions);
            }
        }
    }

    private static Subject subject(String name, Follower follower, int told) {
        return new Subject(
                name,
                Map.of(
                        "told",
                        (long) told,
                        "own",
                        follower.own(),
                        "foreign",
                        follower.foreign(),
                        "status",
                        follower.status()));
    }

    /** Ids of events are counted over all tenants: who names one of another's must get what is their own after it. */
    private static Subject resumed(Side here, Side there, String after) throws CollectException {
        try (Follower resumed = here.follower(there)) {
            if (resumed.open(after)) {
                resumed.begun(PATIENCE);
            }
            return subject(RESUMED, resumed, 0);
        }
    }

    private static Subject intruded(Side here, Side there) throws CollectException {
        try (var intruder = new Follower(
                here.canary.visitor().web(),
                there.path,
                here.credentials.accessToken(),
                here.workspace,
                there.workspace)) {
            intruder.open("");
            return subject(INTRUDED, intruder, 0);
        }
    }
}
