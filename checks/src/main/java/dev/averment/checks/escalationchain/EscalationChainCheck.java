package dev.averment.checks.escalationchain;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code escalation-chain}. */
public final class EscalationChainCheck implements CheckType {

    @Override
    public String name() {
        return "escalation-chain";
    }

    @Override
    public String description() {
        return "Leaves an incident unacknowledged until it has climbed a short chain, and counts the links of the operator's"
                + " own.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("links", Kind.MAP, false, "min: how many links the operator's chain has at least."),
                        new Setting(
                                "unacknowledged",
                                Kind.TEXT,
                                false,
                                "climbs: who does not answer is not the last who is asked.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The chain that is climbed is one of seconds in a workspace made for checks; the operator's own is counted and"
                        + " not climbed.",
                "The drill's alerts arrive in a mailbox of this machine: whether the operator's channels reach somebody is"
                        + " shown by their deliveries.",
                "Whether the links of the operator's chain are different people is not seen.",
                "The written plan that the page speaks of is not read.");
    }

    @Override
    public Collector collector() {
        return new EscalationChainCollector();
    }

    @Override
    public Judge judge() {
        return new EscalationChainJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<String> chain = new ArrayList<>(List.of("15m", "1h"));
        if (expect.get("links") instanceof Map<?, ?> links && links.get("min") instanceof Number least) {
            while (chain.size() < Math.min(least.intValue(), 10)) {
                chain.add(chain.size() + "h");
            }
        }
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(EscalationChainCollector.OPERATORS, Map.of("steps", chain)));
        for (int i = 0; i < EscalationChainCollector.SHORT.size(); i++) {
            subjects.add(new Subject(
                    EscalationChainCollector.step(i + 1),
                    Map.of(
                            "after",
                            EscalationChainCollector.SHORT.get(i),
                            "opened",
                            now.toString(),
                            "line",
                            true,
                            "alerts",
                            1L,
                            "delivered",
                            true,
                            "announced",
                            now.plusSeconds(i + 1).toString())));
        }
        subjects.add(new Subject(EscalationChainCollector.ACKNOWLEDGED, Map.of("outcome", "met", "stopped", true)));
        return new Facts(now, subjects, Map.of());
    }
}
