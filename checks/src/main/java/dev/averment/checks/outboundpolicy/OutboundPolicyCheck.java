package dev.averment.checks.outboundpolicy;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code outbound-policy}. */
public final class OutboundPolicyCheck implements CheckType {

    @Override
    public String name() {
        return "outbound-policy";
    }

    @Override
    public String description() {
        return "Tries hostile addresses where users configure one, and looks that each is refused and nobody arrives inside.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting("corpus", Kind.TEXT, false, "hostile-addresses, which is what is tried.")),
                List.of(
                        new Setting("refused", Kind.TEXT, false, "all."),
                        new Setting(
                                "connection",
                                Kind.TEXT,
                                false,
                                "pinned: it goes to the address that was looked up, and no redirect leads it on.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "No name service of the running server is led astray: names that lead inside, a name that changes and a"
                        + " redirect are tried with the same client in the process of the check, with a name service of its own.",
                "Of the addresses that are refused when a channel is set up, four are tried with a message as well.",
                "Who arrives is seen at ports of the check's own on this machine, and nowhere else in its network.",
                "Addresses are tried in channels, which are all that users configure here; mail goes to a relay that the"
                        + " operator names.");
    }

    @Override
    public Collector collector() {
        return new OutboundPolicyCollector();
    }

    @Override
    public Judge judge() {
        return new OutboundPolicyJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        refused(OutboundPolicyCollector.MADE, 220),
                        refused(OutboundPolicyCollector.CHANGED, 44),
                        refused(OutboundPolicyCollector.KINDS, 44),
                        new Subject(
                                OutboundPolicyCollector.SENT,
                                Map.of("tried", 1L, "blocked", 1L, "reasons", 1L, "outcomes", List.of("blocked"))),
                        refused(OutboundPolicyCollector.NAMES, 25),
                        led(OutboundPolicyCollector.PIN, 204),
                        led(OutboundPolicyCollector.REDIRECT, 307)),
                Map.of("reached", 0L));
    }

    private static Subject refused(String way, long tried) {
        return new Subject(way, Map.of("tried", tried, "refused", tried, "taken", List.of()));
    }

    private static Subject led(String way, long status) {
        return new Subject(way, Map.of("outcome", "answered", "status", status, "lookUps", 1L, "elsewhere", 0L));
    }
}
