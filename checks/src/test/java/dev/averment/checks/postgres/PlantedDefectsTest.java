package dev.averment.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.averment.checks.CheckType;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.claims.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file in {@code defects/} plants one defect in a copy of the sample, names the checks that must catch it, and takes it
 * away again. A check that stays green on its defect is blind, and one that stays red afterwards is no check.
 */
class PlantedDefectsTest {
    private static final Map<String, CheckType> TYPES = ServiceLoader.load(CheckType.class).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(CheckType::name, type -> type));

    private static int planted;
    private static int killed;

    static List<String> defects() throws Exception {
        Path folder = Path.of(PlantedDefectsTest.class.getResource("/defects").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".sql", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("defects")
    void a_planted_defect_turns_the_check_and_its_removal_turns_it_back(String defect) throws Exception {
        String[] parts = TestPostgres.resource("/defects/" + defect + ".sql").split("-- remove\n", 2);
        String caughtBy = parts[0].lines().findFirst().orElseThrow().replace("-- caught by: ", "");
        boolean advice = caughtBy.equals("advice");
        List<String> names = advice ? List.of("isolation-catalog") : Arrays.asList(caughtBy.split(", "));
        assumeTrue(TestPostgres.server().majorVersion() >= since(parts[0]), "needs a newer PostgreSQL");
        // Advice is about what was added on purpose: nothing is held against a list then.
        SampleDatabase database =
                advice ? SampleDatabase.fresh() : SampleDatabase.fresh().asReviewed();
        database.withPool(SamplePool.thatForgets(database));
        try {
            database.asSuperuser(parts[0]);
            for (String name : names) {
                planted++;
                Facts facts = database.collect(type(name), Map.of());
                Judgement judgement = type(name).judge().judge(facts, Map.of(), SampleDatabase.NOW);
                assertThat(judgement.verdict())
                        .as(name + ": " + judgement.reason() + " " + facts)
                        .isEqualTo(advice ? Verdict.PROVEN : Verdict.FAILING);
                if (name.equals("isolation-catalog") && defect.matches("P\\d\\d-.*")) {
                    assertThat(rules(facts)).contains(defect.substring(0, 3));
                }
                killed++;
            }
        } finally {
            database.asSuperuser(parts[1]);
        }
        for (String name : names) {
            Judgement judgement = database.judge(type(name));
            assertThat(judgement.verdict()).as(name + ": " + judgement.reason()).isEqualTo(Verdict.PROVEN);
        }
    }

    @Test
    void every_rule_but_the_one_about_versions_has_a_defect_of_its_own() throws Exception {
        // P29 speaks of the server's own version, which no SQL can plant: ServerVersionTest asks it about other
        // versions. P31 needs a reviewed list: ReviewedListsTest has one.
        Set<String> planted = new TreeSet<>();
        for (String defect : defects()) {
            if (defect.matches("P\\d\\d-.*")) {
                planted.add(defect.substring(0, 3));
            }
        }
        Set<String> rules = new TreeSet<>();
        for (var rule : dev.averment.checks.isolationcatalog.Rule.values()) {
            rules.add(rule.name());
        }
        rules.removeAll(Set.of("P29", "P31"));
        assertThat(planted).isEqualTo(rules);
    }

    @AfterAll
    static void report() {
        System.out.println("Defects planted for a check: " + planted + ", caught: " + killed);
        assertThat(killed).isEqualTo(planted).isPositive();
    }

    /** The oldest major version that knows the defect, from a line such as {@code -- since: 18}. */
    private static int since(String plant) {
        return plant.lines()
                .filter(line -> line.startsWith("-- since: "))
                .mapToInt(line -> Integer.parseInt(line.substring("-- since: ".length())))
                .findFirst()
                .orElse(15);
    }

    private static CheckType type(String name) {
        CheckType type = TYPES.get(name);
        assertThat(type).as("a check type named " + name).isNotNull();
        return type;
    }

    private static Set<String> rules(Facts facts) {
        Set<String> rules = new TreeSet<>();
        for (Object finding : (List<?>) new HashMap<>(facts.values()).get("findings")) {
            rules.add(String.valueOf(((Map<?, ?>) finding).get("rule")));
        }
        return rules;
    }
}
