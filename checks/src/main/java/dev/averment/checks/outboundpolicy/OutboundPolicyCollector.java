package dev.averment.checks.outboundpolicy;

import static dev.averment.checks.drill.Drill.objects;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.target.OutboundTrial;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkflowService;
import dev.averment.evidence.json.JsonObject;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sets channels up with hostile addresses, has messages sent to some that got past that, and has names and answers lead
 * elsewhere, while somebody stands where none of it may arrive.
 */
final class OutboundPolicyCollector implements Collector {
    static final String MADE = "a channel that is made";
    static final String CHANGED = "a channel that is changed";
    static final String KINDS = "other kinds of channels";
    static final String SENT = "a message that is sent";
    static final String NAMES = "names that lead inside";
    static final String PIN = "a name that changes";
    static final String REDIRECT = "an answer that redirects";

    private static final String NAME = "Canary of an address";
    /** RFC 2606: nobody's, and spelled like a public one. */
    private static final String PUBLIC = "https://hooks.averment.example/canary";

    private static final String EXAMINED = "127.0.0.1";
    private static final String ELSEWHERE = "127.0.0.2";
    private static final List<String> OPEN = List.of(EXAMINED + "/32", ELSEWHERE + "/32");
    private static final String TAKEN = "HTTP/1.1 204 No Content\r\n";

    /** Names of what was taken that go into the evidence. */
    private static final int SHOWN = 10;
    /** For tests of channels, of which a workspace has some a minute. */
    private static final Duration NEXT_MINUTE = Duration.ofSeconds(65);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public Facts collect(Look look) throws CollectException {
        new SettingReader(look.with()).only(Map.of("corpus", HostileAddresses.CORPUS));
        SignInService service = look.target().require(SignInService.class);
        WorkflowService workflows = service.workflows()
                .orElseThrow(
                        () -> new CollectException("The target shows no channels of its workspaces, which this check"
                                + " sets up; it holds on this server only."));
        OutboundTrial trial = workflows.outbound(look.clock().instant());
        KeyStore identity = trial.identity();
        try (Doorway inside = Doorway.at(EXAMINED, 0, identity, TAKEN);
                Doorway elsewhere = Doorway.at(ELSEWHERE, inside.port(), identity, TAKEN);
                Doorway redirecting = Doorway.at(
                        EXAMINED,
                        0,
                        identity,
                        "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://" + ELSEWHERE + ":" + inside.port()
                                + "/\r\n");
                Drill drill = Drill.in(service)) {
            HostileAddresses hostile = HostileAddresses.read(inside.port());
            List<Subject> subjects = new ArrayList<>(settingUp(drill, hostile.spelled()));
            subjects.add(new Subject(SENT, sending(drill, workflows, inside.port())));
            subjects.add(new Subject(NAMES, names(trial, hostile.names())));
            long reached = inside.visitors() + elsewhere.visitors();
            String host = "https://" + OutboundTrial.HOST + ":";
            subjects.add(new Subject(PIN, leading(trial, host + inside.port() + "/", elsewhere)));
            subjects.add(new Subject(REDIRECT, leading(trial, host + redirecting.port() + "/", elsewhere)));
            return new Facts(look.clock().instant(), subjects, Map.of("reached", reached));
        }
    }

    /** One way to set a channel up with an address. */
    private interface Way {
        Answer with(String url) throws CollectException;
    }

    private static List<Subject> settingUp(Drill drill, List<String> hostile) throws CollectException {
        // What is refused must be refused for its address: a public one is taken in the same way, before and after.
        String channel = drill.channel("webhook", NAME, JsonObject.of("url", PUBLIC));
        Way make = url -> drill.send("POST", "/channels", form("webhook", JsonObject.of("url", url)));
        Way change = url ->
                drill.send("PATCH", "/channels/" + channel, JsonObject.of("settings", JsonObject.of("url", url)));
        drill.expect(204, change.with(PUBLIC), "Changing the address of a channel");
        List<Subject> subjects = List.of(
                new Subject(MADE, tried(drill, List.of(make), hostile)),
                new Subject(CHANGED, tried(drill, List.of(change), some(hostile))),
                new Subject(KINDS, tried(drill, kinds(drill), some(hostile))));
        drill.channel("webhook", NAME, JsonObject.of("url", PUBLIC));
        drill.expect(204, change.with(PUBLIC), "Changing the address of a channel");
        return subjects;
    }

    /** Every fifth. */
    private static List<String> some(List<String> hostile) {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i += 5) {
            some.add(hostile.get(i));
        }
        return some;
    }

    private static List<Way> kinds(Drill drill) {
        List<Way> ways = new ArrayList<>();
        for (String kind : List.of("slack", "teams", "discord")) {
            ways.add(url -> drill.send("POST", "/channels", form(kind, JsonObject.of("url", url))));
        }
        ways.add(url -> drill.send(
                "POST",
                "/channels",
                form(
                        "sms",
                        JsonObject.of("url", url, "token", "canary-canary-canary", "to", List.of("+999100100100")))));
        return ways;
    }

    private static JsonObject form(String kind, JsonObject settings) {
        return JsonObject.of("kind", kind, "name", NAME, "settings", settings);
    }

    /** Tries each address in one of the ways, in turn. */
    private static Map<String, Object> tried(Drill drill, List<Way> ways, List<String> hostile)
            throws CollectException {
        long refused = 0;
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i++) {
            String url = hostile.get(i);
            Answer answer = ways.get(i % ways.size()).with(url);
            if (answer.status() == 422) {
                refused++;
                continue;
            }
            if (answer.status() / 100 != 2) {
                drill.expect(422, answer, "Setting a channel up with a hostile address");
            }
            if (taken.size() < SHOWN) {
                taken.add(url);
            }
            if (answer.status() == 201) {
                drill.send("DELETE", "/channels/" + string(drill.expect(201, answer, "Setting a channel up"), "id"));
            }
        }
        return Map.of("tried", (long) hostile.size(), "refused", refused, "taken", taken);
    }

    /** Sends to addresses that stand in a channel though they would be refused when it is set up. */
    private static Map<String, Object> sending(Drill drill, WorkflowService workflows, int port)
            throws CollectException {
        String channel = drill.channel("webhook", NAME, JsonObject.of("url", PUBLIC));
        long blocked = 0;
        long reasons = 0;
        List<String> outcomes = new ArrayList<>();
        List<String> hostile = List.of(
                "https://127.0.0.1:" + port + "/",
                "https://localhost:" + port + "/",
                "https://canary:canary@2130706433:" + port + "/",
                "http://127.0.0.1:" + port + "/");
        for (String url : hostile) {
            workflows.readdress(drill.workspace(), channel, url);
            Answer sent = Drill.until(
                    answer -> answer.status() == 202,
                    () -> drill.send("POST", "/channels/" + channel + "/test"),
                    NEXT_MINUTE);
            String delivery = string(drill.expect(202, sent, "Sending a test to a channel"), "delivery");
            JsonObject attempt = Drill.until(
                    tried -> !string(tried, "outcome").isEmpty(),
                    () -> objects(drill.read("/deliveries/" + delivery), "attempts").stream()
                            .findFirst()
                            .orElse(JsonObject.of()),
                    PATIENCE);
            outcomes.add(string(attempt, "outcome"));
            if (string(attempt, "outcome").equals("blocked")) {
                blocked++;
                reasons += string(attempt, "answer").contains("not allowed") ? 1 : 0;
            }
        }
        return Map.of("tried", (long) hostile.size(), "blocked", blocked, "reasons", reasons, "outcomes", outcomes);
    }

    private static Map<String, Object> names(OutboundTrial trial, List<HostileAddresses.Name> names)
            throws CollectException {
        long refused = 0;
        List<String> taken = new ArrayList<>();
        for (HostileAddresses.Name name : names) {
            if (trial.send(name.url(), List.of(name.answers()), List.of())
                    .outcome()
                    .equals("refused")) {
                refused++;
            } else if (taken.size() < SHOWN) {
                taken.add(name.url() + " at " + String.join(", ", name.answers()));
            }
        }
        return Map.of("tried", (long) names.size(), "refused", refused, "taken", taken);
    }

    /** Sends to a name that is somewhere else as soon as it was looked up once. */
    private static Map<String, Object> leading(OutboundTrial trial, String url, Doorway elsewhere)
            throws CollectException {
        long before = elsewhere.visitors();
        OutboundTrial.Sent sent = trial.send(url, List.of(List.of(EXAMINED), List.of(ELSEWHERE)), OPEN);
        return Map.of(
                "outcome",
                sent.outcome(),
                "status",
                (long) sent.status(),
                "lookUps",
                (long) sent.lookUps(),
                "elsewhere",
                elsewhere.visitors() - before);
    }
}
