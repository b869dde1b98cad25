package dev.averment.checks.streamcap;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.Waiting;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.streams.EventStream;
import dev.averment.checks.streams.EventStream.Attempt;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WorkflowService;
import dev.averment.checks.target.WorkspaceService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Follows streams as one person until no further one is let in, on all servers in turn. */
final class StreamCapCollector implements Collector {
    static final String BEYOND = "one stream more";
    static final String ELSEWHERE = "one stream more in another workspace";
    static final String RELEASED = "a stream in the place of one that was closed";
    static final String AGAIN = "one stream more after that";

    private static final int MOST = 50;
    private static final int MOST_OF_ALL = 500;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(35);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    @Override
    public Facts collect(Look look) throws CollectException {
        int most = new SettingReader(look.with()).integer("most", MOST);
        if (most < 1 || most > MOST_OF_ALL) {
            throw SettingReader.refused("most", most, "a whole number from 1 to " + MOST_OF_ALL);
        }
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        WorkflowService workflows = service.workflows()
                .orElseThrow(
                        () -> new CollectException("The target shows no streams of its workspaces, which this check"
                                + " follows; it holds on this server only."));
        try (Canary canary = Canary.confirmed(service)) {
            Credentials credentials = canary.signedIn();
            String here = Member.of(canary, credentials, workspaces, workspaces.workspace())
                    .path();
            String there = Member.of(canary, credentials, workspaces, workspaces.otherWorkspace())
                    .path();
            var trial = new Trial(canary.visitor().servers(), credentials.accessToken(), here + "/events");
            try {
                return new Facts(
                        look.clock().instant(),
                        subjects(trial, there + "/events", workflows, workspaces.workspace(), most),
                        Map.of("streams", trial.most, "servers", (long) trial.servers.size()));
            } finally {
                trial.close();
            }
        }
    }

    private static List<Subject> subjects(
            Trial trial, String elsewhere, WorkflowService workflows, String workspace, int most)
            throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        Attempt last = trial.open(trial.path);
        while (last.stream().isPresent() && trial.open.size() <= most) {
            last = trial.open(trial.path);
        }
        trial.most = trial.open.size();
        subjects.add(attempt(BEYOND, last));
        if (last.stream().isPresent() || trial.open.isEmpty()) {
            return subjects;
        }
        subjects.add(attempt(ELSEWHERE, trial.open(elsewhere)));
        trial.open.removeFirst().close();
        long start = System.nanoTime();
        Attempt next = trial.open(trial.path);
        while (next.stream().isEmpty() && System.nanoTime() - start < LONGEST_WAIT.toNanos()) {
            // A server notices that a reader has gone when it next writes to them.
            workflows.forget(workspace, List.of(workflows.tell(workspace, "checks/stream-cap", 1, 1)));
            Waiting.pause(BETWEEN, "before a stream's place was free");
            next = trial.open(trial.path);
        }
        subjects.add(new Subject(
                RELEASED,
                Map.of(
                        "opened",
                        next.stream().isPresent(),
                        "status",
                        (long) next.status(),
                        "millis",
                        Duration.ofNanos(System.nanoTime() - start).toMillis())));
        subjects.add(attempt(AGAIN, trial.open(trial.path)));
        return subjects;
    }

    private static Subject attempt(String name, Attempt attempt) {
        return new Subject(
                name,
                Map.of(
                        "opened",
                        attempt.stream().isPresent(),
                        "status",
                        (long) attempt.status(),
                        "reason",
                        !attempt.detail().isBlank(),
                        "retryAfterSeconds",
                        attempt.retryAfter().matches("\\d{1,9}") ? Long.parseLong(attempt.retryAfter()) : -1L));
    }

    /** The streams that are open. */
    private static final class Trial implements AutoCloseable {
        final List<Web> servers;
        final String token;
        final String path;
        final Deque<EventStream> open = new ArrayDeque<>();
        long most;
        private int turn;

        Trial(List<Web> servers, String token, String path) {
            this.servers = servers;
            this.token = token;
            this.path = path;
        }

        Attempt open(String where) throws CollectException {
            Attempt attempt = EventStream.open(servers.get(turn++ % servers.size()), where, token, "", _ -> {});
            attempt.stream().ifPresent(open::addLast);
            if (attempt.stream().isEmpty() && attempt.status() != 429 && attempt.status() != 503) {
                throw new CollectException("Opening a stream was answered with status " + attempt.status()
                        + "; see that the server offers streams of its workspaces and run the check again.");
            }
            return attempt;
        }

        @Override
        public void close() {
            open.forEach(EventStream::close);
        }
    }
}
