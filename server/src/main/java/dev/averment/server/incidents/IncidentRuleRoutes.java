package dev.averment.server.incidents;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.clocks.CalendarText;
import dev.averment.server.clocks.Term;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A workspace's chain, rules, clocks and calendar over HTTP. */
@RestController
class IncidentRuleRoutes {
    private static final Refusal BAD_CHAIN = new Refusal.Invalid(
            "bad-chain", "A step has a term such as 15m, and ids of channels and of people, each once.");
    private static final Refusal BAD_RULE =
            new Refusal.Invalid("bad-rule", "A rule has a severity, P1, P2 or P3, and an owner's id, or none: \"\".");

    private final IncidentRules rules;
    private final InstantSource clock;

    IncidentRuleRoutes(IncidentRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    record NewStep(String after, List<String> channels, List<String> people) {
        NewStep {
            channels = List.copyOf(channels);
            people = List.copyOf(people);
        }
    }

    record NewChain(List<NewStep> steps) {
        NewChain {
            steps = List.copyOf(steps);
        }
    }

    /** @param owner empty for the workspace's first owner */
    record NewRule(String about, String subject, String severity, String owner) {}

    record NewRules(List<NewRule> rules) {
        NewRules {
            rules = List.copyOf(rules);
        }
    }

    record NewCalendar(String zone, String region, String week, String closures) {}

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/escalation")
    ResponseEntity<byte[]> chain(Entrance entrance) {
        return Answers.of(
                rules.chain(entrance),
                steps -> Answers.json(
                        200,
                        JsonObject.of(
                                "steps", steps.stream().map(IncidentJson::of).toList())));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PutMapping("/api/v1/workspaces/{workspace}/escalation")
    ResponseEntity<byte[]> chain(Entrance entrance, @RequestBody NewChain body) {
        var steps = new ArrayList<ChainStep>();
        for (NewStep step : body.steps()) {
            List<UUID> channels = uuids(step.channels());
            List<UUID> people = uuids(step.people());
            Optional<Term> after = term(step.after());
            if (after.isEmpty()
                    || channels.size() != step.channels().size()
                    || people.size() != step.people().size()) {
                return Answers.problem(BAD_CHAIN);
            }
            steps.add(new ChainStep(steps.size() + 1, after.get(), channels, people));
        }
        return Answers.of(rules.chain(entrance, steps), _ -> Answers.empty());
    }

    private static Optional<Term> term(String text) {
        try {
            return Optional.of(Term.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<UUID> uuids(List<String> texts) {
        return texts.stream()
                .flatMap(text -> IncidentRules.uuid(text).stream())
                .distinct()
                .toList();
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/incident-rules")
    ResponseEntity<byte[]> rules(Entrance entrance) {
        return Answers.of(
                rules.rules(entrance),
                all -> Answers.json(
                        200,
                        JsonObject.of(
                                "rules", all.stream().map(IncidentJson::of).toList())));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PutMapping("/api/v1/workspaces/{workspace}/incident-rules")
    ResponseEntity<byte[]> rules(Entrance entrance, @RequestBody NewRules body) {
        var all = new ArrayList<RuleStore.Rule>();
        for (NewRule rule : body.rules()) {
            Optional<Severity> severity = Severity.parse(rule.severity());
            Optional<UUID> owner = IncidentRules.uuid(rule.owner());
            if (severity.isEmpty() || owner.isEmpty() != rule.owner().isEmpty()) {
                return Answers.problem(BAD_RULE);
            }
            all.add(new RuleStore.Rule(rule.about(), rule.subject(), severity.get(), owner));
        }
        return Answers.of(rules.rules(entrance, all), _ -> Answers.empty());
    }

    /** @param days of which attainment is counted, by when a clock was started */
    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/clocks")
    ResponseEntity<byte[]> clocks(Entrance entrance, @RequestParam(defaultValue = "90") int days) {
        return Answers.of(
                rules.clocks(entrance, clock.instant().minus(Duration.ofDays(Math.clamp(days, 1, 400)))),
                kept -> Answers.json(
                        200,
                        JsonObject.of(
                                "running",
                                kept.running().stream().map(IncidentJson::of).toList(),
                                "attainment",
                                kept.attained().stream().map(IncidentJson::of).toList())));
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/api/v1/workspaces/{workspace}/calendar")
    ResponseEntity<byte[]> calendar(Entrance entrance) {
        return Answers.of(rules.calendar(entrance), text -> Answers.json(200, IncidentJson.of(text)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PutMapping("/api/v1/workspaces/{workspace}/calendar")
    ResponseEntity<byte[]> calendar(Entrance entrance, @RequestBody NewCalendar body) {
        return Answers.of(
                rules.calendar(entrance, new CalendarText(body.zone(), body.region(), body.week(), body.closures())),
                _ -> Answers.empty());
    }
}
