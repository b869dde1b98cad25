package dev.averment.checks.clientaddress;

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

/** {@code client-address}. */
public final class ClientAddressCheck implements CheckType {

    @Override
    public String name() {
        return "client-address";
    }

    @Override
    public String description() {
        return "Signs in with forged forwarding headers and without, and compares the addresses that the service noted.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(new Setting(
                        "untrustedHop",
                        Kind.TEXT,
                        false,
                        "ignored: headers of a hop that is not trusted must change nothing.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The address is read from the list of sessions; that limits and the log take it from the same place is not"
                        + " shown.",
                "The check has to come from a hop that is not trusted: where all of the server's own machine is trusted as a"
                        + " proxy, it fails there.",
                "What a trusted proxy itself passes on is not looked at.");
    }

    @Override
    public Collector collector() {
        return new ClientAddressCollector();
    }

    @Override
    public Judge judge() {
        return new ClientAddressJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject("X-Forwarded-For", Map.of("forged", "203.0.113.66", "taken", false))),
                Map.of("sameAddress", true));
    }
}
