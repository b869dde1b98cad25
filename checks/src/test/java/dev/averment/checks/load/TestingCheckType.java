package dev.averment.checks.load;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import dev.averment.claims.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A check type whose judge a test chooses; the sound one compares a loss with {@code most}.
 *
 * @param more values that the passing example has besides the loss
 */
record TestingCheckType(String name, Judge judge, Map<String, Object> more) implements CheckType {

    static final Settings SETTINGS = new Settings(
            List.of(new Setting("paths", Kind.LIST, false, "what to look at")),
            List.of(
                    new Setting("most", Kind.DURATION, true, "the largest loss"),
                    new Setting("copies", Kind.INTEGER, false, "how many copies there are"),
                    new Setting("signed", Kind.BOOLEAN, false, "whether they are signed"),
                    new Setting("label", Kind.TEXT, false, "what they are called"),
                    new Setting("bounds", Kind.MAP, false, "other bounds")));

    TestingCheckType(String name, Judge judge) {
        this(name, judge, Map.of());
    }

    static TestingCheckType sound() {
        return new TestingCheckType("sound", TestingCheckType::compare);
    }

    private static Judgement compare(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("nothing was looked at");
        }
        Duration loss = Durations.parse((String) facts.values().get("loss")).orElseThrow();
        Duration most = Durations.parse((String) expect.get("most")).orElseThrow();
        boolean allRestored =
                facts.subjects().stream().allMatch(subject -> subject.facts().get("restored") == Boolean.TRUE);
        return loss.compareTo(most) <= 0 && allRestored
                ? Judgement.proven("lost " + loss)
                : Judgement.failing("lost " + loss + " of at most " + most);
    }

    @Override
    public String description() {
        return "Compares a loss with the largest allowed.";
    }

    @Override
    public Settings settings() {
        return SETTINGS;
    }

    @Override
    public List<String> blindSpots() {
        return List.of("It looks at nothing real.");
    }

    @Override
    public Collector collector() {
        return look -> {
            throw new CollectException("This type judges only.");
        };
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("loss", expect.get("most"));
        return new Facts(
                now,
                List.of(
                        new Subject("first", Map.of("restored", true)),
                        new Subject("second", Map.of("restored", true))),
                values);
    }
}
