package dev.averment.checks.escalationchain;

import static dev.averment.checks.drill.Drill.clock;
import static dev.averment.checks.drill.Drill.kinds;
import static dev.averment.checks.drill.Drill.objects;
import static dev.averment.checks.drill.Drill.string;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.drill.Drill;
import dev.averment.checks.target.SignInService;
import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A chain of two short steps and a long one; an incident climbs the short ones and is acknowledged before the long one. */
final class EscalationChainCollector implements Collector {
    static final String OPERATORS = "the operator's chain";
    static final String ACKNOWLEDGED = "the step after somebody took it up";

    /** When the short steps are taken; the long one is not waited for. */
    static final List<String> SHORT = List.of("1s", "2s");

    private static final String LONG = "1h";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static String step(int place) {
        return "step " + place;
    }

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        try (Drill drill = Drill.in(service)) {
            List<Subject> subjects = new ArrayList<>();
            subjects.add(new Subject(OPERATORS, Map.of("steps", drill.records().operatorChain())));
            List<String> channels =
                    List.of(drill.channel("Canary of the first step"), drill.channel("Canary of the second step"));
            List<JsonObject> before = kept(drill.read("/escalation"));
            List<JsonObject> steps = new ArrayList<>();
            for (int i = 0; i < SHORT.size(); i++) {
                steps.add(of(SHORT.get(i), List.of(channels.get(i))));
            }
            steps.add(of(LONG, List.of()));
            try {
                put(drill, steps);
                climbed(drill, channels, subjects);
            } finally {
                boolean interrupted = Thread.interrupted();
                put(drill, before);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return new Facts(look.clock().instant(), subjects, Map.of());
        }
    }

    /** What is put back; what another look could not put back is none of it. */
    private static List<JsonObject> kept(JsonObject chain) {
        List<JsonObject> steps = objects(chain, "steps");
        return steps.stream().anyMatch(step -> SHORT.contains(string(step, "after")))
                ? List.of(of("15m", List.of()))
                : steps;
    }

    private static JsonObject of(String after, List<String> channels) {
        return JsonObject.of("after", after, "channels", channels, "people", List.of());
    }

    private static void put(Drill drill, List<JsonObject> steps) throws CollectException {
        drill.expect(
                204, drill.send("PUT", "/escalation", JsonObject.of("steps", steps)), "Setting a chain for a drill");
    }

    private static boolean escalation(JsonObject delivery) {
        return string(delivery, "kind").equals("escalate");
    }

    private static void climbed(Drill drill, List<String> channels, List<Subject> subjects) throws CollectException {
        String incident = drill.incident("P2");
        List<JsonObject> deliveries = Drill.until(
                found -> channels.stream()
                        .allMatch(channel -> found.stream()
                                .anyMatch(each -> escalation(each)
                                        && string(each, "channel").equals(channel)
                                        && string(each, "state").equals("delivered"))),
                () -> drill.deliveries(incident),
                PATIENCE);
        JsonObject seen = drill.read(incident);
        int lines = Collections.frequency(kinds(seen), "escalated");
        for (int i = 0; i < channels.size(); i++) {
            String channel = channels.get(i);
            List<JsonObject> alerts = deliveries.stream()
                    .filter(each -> escalation(each) && string(each, "channel").equals(channel))
                    .toList();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("after", SHORT.get(i));
            facts.put("opened", string(seen, "opened"));
            facts.put("line", lines > i);
            facts.put("alerts", (long) alerts.size());
            facts.put(
                    "delivered",
                    alerts.stream().anyMatch(each -> string(each, "state").equals("delivered")));
            facts.put("announced", alerts.isEmpty() ? "" : string(alerts.getFirst(), "announced"));
            subjects.add(new Subject(step(i + 1), facts));
        }
        drill.expect(204, drill.send("POST", incident + "/acknowledge"), "Taking up the incident of a drill");
        JsonObject last = clock(drill.read(incident), "incident-escalation-" + (SHORT.size() + 1));
        subjects.add(
                new Subject(ACKNOWLEDGED, Map.of("outcome", string(last, "outcome"), "stopped", last.has("stopped"))));
    }
}
