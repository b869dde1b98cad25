package dev.averment.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.claims.CheckBinding;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alters the passing example of a check type as a page's self-test would, and says what the judge makes of it. */
public final class Altered {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final CheckType type;
    private final Map<String, Object> expect;

    private Altered(CheckType type, Map<String, Object> expect) {
        this.type = type;
        this.expect = expect;
    }

    public static Altered of(CheckType type, Map<String, Object> expect) {
        Altered altered = new Altered(type, expect);
        Judgement passing = type.judge().judge(type.passingExample(expect, NOW), expect, NOW);
        assertThat(passing.verdict().holds())
                .as("the passing example of %s under %s: %s", type.name(), expect, passing.reason())
                .isTrue();
        Facts none = new Facts(NOW, List.of(), type.passingExample(expect, NOW).values());
        assertThat(type.judge().judge(none, expect, NOW).verdict())
                .as("no subjects")
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(type.blindSpots()).isNotEmpty();
        return altered;
    }

    /** With one fact of every subject replaced. */
    public Judgement subjects(String fact, Object value) {
        return subject(null, fact, value);
    }

    /** With one fact of the subject of that name replaced. */
    public Judgement subject(String name, String fact, Object value) {
        Facts facts = type.passingExample(expect, NOW);
        List<Subject> altered = facts.subjects().stream()
                .map(subject -> {
                    if (name != null && !subject.name().equals(name)) {
                        return subject;
                    }
                    Map<String, Object> copy = new LinkedHashMap<>(subject.facts());
                    copy.put(fact, value);
                    return new Subject(subject.name(), copy);
                })
                .toList();
        return type.judge().judge(new Facts(facts.observedAt(), altered, facts.values()), expect, NOW);
    }

    /** With one value replaced. */
    public Judgement value(String name, Object value) {
        Facts facts = type.passingExample(expect, NOW);
        Map<String, Object> copy = new LinkedHashMap<>(facts.values());
        copy.put(name, value);
        return type.judge().judge(new Facts(facts.observedAt(), facts.subjects(), copy), expect, NOW);
    }

    /** A page with nothing on it, for checks that don't read it. */
    public static Page emptyPage() {
        return page(List.of(), List.of());
    }

    public static Page page(List<dev.averment.claims.Claim> claims, List<Page.Document> documents) {
        return new Page(
                "self",
                Map.of("en", "Security"),
                "en",
                LocalDate.of(2026, 11, 1),
                Map.of(),
                List.of(),
                documents,
                claims,
                "page: self".getBytes(StandardCharsets.UTF_8));
    }

    public static CheckBinding binding(String type) {
        return new CheckBinding("look", type, Duration.ofMinutes(5), Duration.ofMinutes(15), Map.of(), Map.of());
    }

    public static Facts collect(CheckType type, Target target, Map<String, Object> with) throws CollectException {
        return collect(type, target, emptyPage(), with);
    }

    public static Facts collect(CheckType type, Target target, Page page, Map<String, Object> with)
            throws CollectException {
        Facts facts = type.collector().collect(new Collector.Look(target, page, with, InstantSource.fixed(NOW)));
        assertThat(facts.observedAt()).isEqualTo(NOW);
        JsonValues.assertJson(facts);
        return facts;
    }
}
