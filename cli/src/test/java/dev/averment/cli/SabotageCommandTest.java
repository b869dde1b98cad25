package dev.averment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SabotageCommandTest {
    private static final String PAGE = "../pages/self.yaml";

    @Test
    void a_claim_that_the_page_does_not_have_is_wrong_use_and_gets_a_suggestion() {
        Ran ran = Ran.aver(null, "sabotage", PAGE, "row-securty");

        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no claim \"row-securty\"").contains("did you mean row-security?");
    }

    @Test
    void a_page_that_is_not_there_is_wrong_use() {
        assertThat(Ran.aver(null, "sabotage", "nowhere.yaml").exit()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void a_number_of_runs_below_one_is_wrong_use() {
        Ran ran = Ran.aver(null, "sabotage", PAGE, "--calm", "-1");

        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).contains("--calm");
    }

    @Test
    void the_list_names_the_faults_of_the_claims_that_were_asked_for() {
        Ran ran = Ran.aver(null, "sabotage", PAGE, "immutable-log", "--list", "--format", "json");

        assertThat(ran.exit()).isEqualTo(Exit.HOLDS);
        JsonNode faults = JsonMapper.shared().readTree(ran.out()).path("faults");
        assertThat(faults.size()).isGreaterThan(2);
        for (JsonNode fault : faults) {
            assertThat(fault.path("claim").asString()).isEqualTo("immutable-log");
            assertThat(fault.path("type").asString()).isEqualTo("log-integrity");
        }
        assertThat(faults.findValuesAsString("fault")).contains("entry-altered", "tile-altered");
    }

    /** A line each would bury what the reader could mend. */
    @Test
    void claims_whose_checks_are_not_built_are_one_line_of_missing_self_tests() {
        assertThat(Ran.aver(null, "sabotage", PAGE, "--list")
                        .err()
                        .lines()
                        .filter(line -> line.contains("no-selftest")))
                .singleElement()
                .asString()
                .contains(" claims have no self-test yet");
    }

    @Test
    void the_list_reads_a_line_a_fault() {
        Ran ran = Ran.aver(null, "sabotage", PAGE, "immutable-log", "--list");

        assertThat(ran.out().lines())
                .anyMatch(line -> line.startsWith("entry-altered  immutable-log/log  A superuser"));
    }
}
