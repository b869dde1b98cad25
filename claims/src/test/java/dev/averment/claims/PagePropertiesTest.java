package dev.averment.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every input. */
class PagePropertiesTest {

    @Property(tries = 500)
    void theParserNeverThrowsOnRandomBytes(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(PageParser.parse("random.yaml", bytes)).isInstanceOf(PageResult.Refused.class);
    }

    /** A valid page with a stretch replaced by punctuation that YAML minds: nearer to real slips than noise is. */
    @Property(tries = 400)
    void theParserNeverThrowsOnADamagedPage(
            @ForAll @IntRange(max = 2000) int at,
            @ForAll @IntRange(max = 20) int length,
            @ForAll("marks") String mark) {
        String page = Corpus.text("valid-everything");
        int from = at % page.length();
        int to = Math.min(page.length(), from + length);
        byte[] damaged = (page.substring(0, from) + mark + page.substring(to)).getBytes(StandardCharsets.UTF_8);
        switch (PageParser.parse("damaged.yaml", damaged)) {
            case PageResult.Parsed parsed -> assertThat(parsed.page().claims()).isNotEmpty();
            case PageResult.Refused refused ->
                assertThat(refused.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.line()).isPositive());
        }
    }

    @Provide
    Arbitrary<String> marks() {
        return Arbitraries.strings().withChars("{}[]:,-?*&!|>'\"%@`#\n \t$~0aä").ofMaxLength(8);
    }

    @Property(tries = 50)
    void aPageDoesNotDifferFromItself(@ForAll("validPages") String name) {
        PageDiff diff =
                PageDiff.between(Corpus.parsed(name).page(), Corpus.parsed(name).page());
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.undated()).isFalse();
        assertThat(diff.permanentLines("en")).isEmpty();
    }

    @Provide
    Arbitrary<String> validPages() {
        return Arbitraries.of(Corpus.named("valid-").stream()
                .map(file -> file.getFileName().toString().replace(".yaml", ""))
                .toList());
    }

    @Property
    void whatLoosensOneWayTightensTheOther(@ForAll @IntRange(min = 1) int a, @ForAll @IntRange(min = 1) int b) {
        String before = a % 1_000_000 + "m";
        String after = b % 1_000_000 + "m";
        Direction there = Direction.of("expect.rpo.max", before, after);
        Direction back = Direction.of("expect.rpo.max", after, before);
        assertThat(back)
                .isEqualTo(
                        switch (there) {
                            case LOOSENED -> Direction.TIGHTENED;
                            case TIGHTENED -> Direction.LOOSENED;
                            case CHANGED -> Direction.CHANGED;
                        });
    }

    @Property
    void worstIsAJoin(@ForAll List<Verdict> a, @ForAll List<Verdict> b, @ForAll Verdict one, @ForAll Verdict two) {
        assertThat(Verdict.worst(List.of(one, two))).isEqualTo(Verdict.worst(List.of(two, one)));
        assertThat(Verdict.worst(List.of(one, one))).isEqualTo(one);
        List<Verdict> both = new ArrayList<>(a);
        both.addAll(b);
        if (!a.isEmpty() && !b.isEmpty()) {
            assertThat(Verdict.worst(both)).isEqualTo(Verdict.worst(List.of(Verdict.worst(a), Verdict.worst(b))));
        }
        for (Verdict verdict : both) {
            assertThat(Verdict.worst(both)).isGreaterThanOrEqualTo(verdict);
        }
        assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.UNPROVEN);
    }
}
