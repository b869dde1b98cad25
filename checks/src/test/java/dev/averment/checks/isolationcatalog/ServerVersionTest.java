package dev.averment.checks.isolationcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.postgres.SampleDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P29 can't be planted with SQL: the rule's query is asked about other versions instead. */
class ServerVersionTest {

    @ParameterizedTest
    @CsvSource({
        "140020, true",
        "150013, true",
        "150014, false",
        "160009, true",
        "160010, false",
        "170005, true",
        "170006, false",
        "180000, false",
        "180006, false",
        "190000, false"
    })
    void a_minor_version_with_a_known_hole_in_row_level_security_is_a_finding(int version, boolean finding)
            throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        try (Catalog catalog = Catalog.open(database, version)) {
            assertThat(IsolationCatalogCollector.findings(catalog, Rule.P29)).hasSize(finding ? 1 : 0);
        }
    }
}
