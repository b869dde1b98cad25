package dev.averment.checks.onetimetokens;

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

/** {@code one-time-tokens}. */
public final class OneTimeTokensCheck implements CheckType {

    @Override
    public String name() {
        return "one-time-tokens";
    }

    @Override
    public String description() {
        return "Takes mailed codes out of a mailbox, looks for them in the database, uses each twice, and tries an expired one.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting("kinds", Kind.LIST, false, "Which: verification, reset; both by default.")),
                List.of(
                        new Setting("stored", Kind.TEXT, false, "hash when nothing but a hash may be kept."),
                        new Setting("uses", Kind.TEXT, false, "once when a second use must be refused."),
                        new Setting(
                                "expires",
                                Kind.BOOLEAN,
                                false,
                                "true when an expired one must be refused, and a reset must expire within an hour, anything"
                                        + " else within seven days.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The expired token is put into the database as if it had been mailed long ago; nobody waits for one to"
                        + " expire.",
                "The database is searched for the code as it was mailed, as text and as bytes, in the tables of accounts; not"
                        + " for encodings of it, and not in logs, dumps or the mail that is on its way.",
                "Two uses at the very same moment are not tried.");
    }

    @Override
    public Collector collector() {
        return new OneTimeTokensCollector();
    }

    @Override
    public Judge judge() {
        return new OneTimeTokensJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(token(OneTimeTokensCollector.VERIFICATION, 86_400L), token(OneTimeTokensCollector.RESET, 600L)),
                Map.of("columnsSearched", 20L));
    }

    private static Subject token(String name, long life) {
        return new Subject(
                name,
                Map.of(
                        "kept",
                        1L,
                        "stored",
                        "SHA-256",
                        "lifeSeconds",
                        life,
                        "inClear",
                        List.of(),
                        "firstUse",
                        true,
                        "secondUse",
                        false,
                        "expiredUse",
                        false));
    }
}
