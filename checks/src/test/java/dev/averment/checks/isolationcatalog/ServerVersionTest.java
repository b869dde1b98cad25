package dev.averment.checks.isolationcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.postgres.CatalogScope;
import dev.averment.checks.postgres.SampleDatabase;
import dev.averment.checks.target.Database;
import java.sql.Connection;
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
        try (Connection probe = database.connect(Database.Role.PROBE)) {
            CatalogScope.open(probe);
            var found = IsolationCatalogCollector.findings(probe, Rule.P29, CatalogScope.parameter(database, version));
            assertThat(found).hasSize(finding ? 1 : 0);
            probe.rollback();
        }
    }
}
