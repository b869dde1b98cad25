package dev.averment.checks.ingesttoken;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.Waiting;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.CanaryMonitor;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkflowService;
import dev.averment.checks.target.WorkflowService.Questions;
import dev.averment.checks.target.WorkspaceService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Tokens of monitors that are the check's own, tried where they count and where they must not. */
final class IngestTokenCollector implements Collector {
    static final String OWN = "its own monitor";
    static final String OTHER = "another monitor of the workspace";
    static final String FOREIGN = "a monitor of another workspace";
    static final String WITHIN = "a replaced token within the overlap";
    static final String AFTER = "a replaced token after the overlap";
    static final String REPLACEMENT = "the token in its place";
    static final Set<String> ACCEPTED = Set.of(OWN, WITHIN, REPLACEMENT);
    static final Set<String> REFUSED = Set.of(OTHER, FOREIGN, AFTER);
    static final Set<String> FORGED = Set.of(
            Forgery.OTHER_SIGNATURE,
            Forgery.OTHER_CLAIMS,
            Forgery.OWN_CLAIMS,
            Forgery.NO_SIGNATURE,
            Forgery.OTHER_FORM,
            Forgery.SIGNED_REQUEST);

    private static final String LIFE = "1d";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    /** Others use the database, too: of so many requests one will fall between theirs. */
    private static final int ROUNDS = 60;

    /** So many that chance does not pass for the server. */
    private static final int LEAST_ROUNDS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        WorkflowService workflows = service.workflows()
                .orElseThrow(() -> new CollectException("The target shows no monitors with tokens of their own, which"
                        + " this check makes and uses; it holds on this server only."));
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.confirmed(service)) {
            Credentials credentials = canary.signedIn();
            Member here = Member.of(canary, credentials, workspaces, workspaces.workspace());
            Member there = Member.of(canary, credentials, workspaces, workspaces.otherWorkspace());
            try (CanaryMonitor own = CanaryMonitor.make(here, true);
                    CanaryMonitor other = CanaryMonitor.make(here, true);
                    CanaryMonitor foreign = CanaryMonitor.make(there, true)) {
                CanaryMonitor.Token token = own.token(LIFE);
                subjects.add(pinged(OWN, own, token.text()));
                subjects.add(pinged(OTHER, other, token.text()));
                subjects.add(pinged(FOREIGN, foreign, token.text()));
                long ended = rotations(subjects, own);
                Web server = canary.visitor().web();
                try (Questions questions = workflows.questions()) {
                    // Once: more would use up what the monitor may be sent.
                    String before = questions.asked();
                    boolean counted = own.event(token.text()).status() == 200;
                    if (counted && questions.asked().equals(before)) {
                        throw new CollectException("Nothing was seen of what the server asks its database, not even for"
                                + " a token that counts; see that the roles of the server can read pg_stat_activity.");
                    }
                    for (var forged : Forgery.of(token, look.clock()).entrySet()) {
                        subjects.add(forged(questions, own, server, forged.getKey(), forged.getValue()));
                    }
                }
                return new Facts(look.clock().instant(), subjects, Map.of("endedWithin", ended));
            }
        }
    }

    /** Both ways in: a ping of the monitor, and for the answer's sake what the monitor has counted. */
    private static Subject pinged(String name, CanaryMonitor monitor, String token) throws CollectException {
        long before = monitor.pings();
        Answer answer = monitor.ping(token);
        boolean accepted = answer.status() / 100 == 2 || monitor.pings() > before;
        return subject(name, accepted, answer.status());
    }

    private static Subject subject(String name, boolean accepted, int status) {
        return new Subject(name, Map.of("part", "token", "accepted", accepted, "status", (long) status));
    }

    /** Milliseconds after which a replaced token was refused whose overlap was a second; -1 when it never was. */
    private static long rotations(List<Subject> subjects, CanaryMonitor monitor) throws CollectException {
        CanaryMonitor.Token old = monitor.token(LIFE);
        CanaryMonitor.Token next = monitor.rotated(old, LIFE, "1h");
        Answer within = monitor.event(old.text());
        subjects.add(subject(WITHIN, within.status() == 200, within.status()));
        Answer replacement = monitor.event(next.text());
        subjects.add(subject(REPLACEMENT, replacement.status() == 200, replacement.status()));
        long start = System.nanoTime();
        monitor.rotated(next, LIFE, "1s");
        Answer after = monitor.event(next.text());
        while (after.status() == 200 && System.nanoTime() - start < LONGEST_WAIT.toNanos()) {
            Waiting.pause(BETWEEN, "before a token's overlap was over");
            after = monitor.event(next.text());
        }
        subjects.add(subject(AFTER, after.status() == 200, after.status()));
        return after.status() == 200
                ? -1
                : Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** What is known of whether a request made the server ask its database. */
    private enum Asked {
        YES,
        NO,
        UNCLEAR
    }

    /** A request. */
    @FunctionalInterface
    private interface Request {
        Answer send() throws CollectException;
    }

    private static Subject forged(
            Questions questions, CanaryMonitor monitor, Web server, String name, Map<String, String> headers)
            throws CollectException {
        Answer event = monitor.event(server, headers);
        // The way of pings knows no signed requests: who sends none of its own has no token there.
        boolean bearer = headers.containsKey("Authorization");
        Answer ping = bearer ? monitor.ping(server, headers) : event;
        boolean accepted = event.status() / 100 == 2 || ping.status() / 100 == 2;
        // One that is accepted says enough, and would use up what the monitor may be sent.
        Asked asked = accepted ? Asked.YES : asks(questions, () -> monitor.event(server, headers));
        if (bearer && asked == Asked.NO) {
            asked = asks(questions, () -> monitor.ping(server, headers));
        }
        return new Subject(
                name,
                Map.of(
                        "part",
                        "forged",
                        "accepted",
                        accepted,
                        "status",
                        (long) event.status(),
                        "asked",
                        switch (asked) {
                            case YES -> "yes";
                            case NO -> "no";
                            case UNCLEAR -> "unclear";
                        }));
    }

    /**
     * No, when nothing was asked during one of the requests: the server answers after it asked. Yes, when something was asked
     * during every one of them, and nothing during most of the times between them, which were as long. Others use the database,
     * too: where they leave it no peace, it is unclear.
     */
    private static Asked asks(Questions questions, Request request) throws CollectException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int rounds = 0;
        int quiet = 0;
        while (rounds < ROUNDS && (rounds < LEAST_ROUNDS || System.nanoTime() < end)) {
            String before = questions.asked();
            long start = System.nanoTime();
            request.send();
            long took = System.nanoTime() - start;
            String after = questions.asked();
            if (after.equals(before)) {
                return Asked.NO;
            }
            LockSupport.parkNanos(took);
            if (questions.asked().equals(after)) {
                quiet++;
            }
            rounds++;
        }
        return quiet * 2 > rounds ? Asked.YES : Asked.UNCLEAR;
    }
}
