package dev.averment.checks.isolationcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.postgres.SampleDatabase;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationCatalogTest {
    private final IsolationCatalogCheck check = new IsolationCatalogCheck();

    @Test
    void a_well_isolated_schema_is_proven() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        var facts = database.collect(check, Map.of());
        assertThat(facts.values().get("findings")).isEqualTo(List.of());
        assertThat(facts.subjects())
                .extracting("name")
                .containsExactly("app.project", "app.remark", "app.sign_in", "app.task", "app.workspace", "audit.leaf");
        var judgement = check.judge().judge(facts, Map.of(), SampleDatabase.NOW);
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
    }
}
