package dev.averment.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.crossreferences.CrossReferencesCheck;
import dev.averment.checks.databasetransport.DatabaseTransportCheck;
import dev.averment.checks.forgedcontext.ForgedContextCheck;
import dev.averment.checks.isolationbehaviour.IsolationBehaviourCheck;
import dev.averment.checks.isolationcatalog.IsolationCatalogCheck;
import dev.averment.checks.modificationaudit.ModificationAuditCheck;
import dev.averment.checks.roleprivileges.RolePrivilegesCheck;
import dev.averment.checks.tenantkey.TenantKeyCheck;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenSampleTest {
    @Test
    void every_check_is_proven_on_the_well_isolated_sample() throws Exception {
        SampleDatabase database = SampleDatabase.overMutualTls();
        database.withPool(SamplePool.thatForgets(database));
        for (CheckType type : List.of(
                new CrossReferencesCheck(),
                new DatabaseTransportCheck(),
                new ForgedContextCheck(),
                new IsolationBehaviourCheck(),
                new IsolationCatalogCheck(),
                new ModificationAuditCheck(),
                new RolePrivilegesCheck(),
                new TenantKeyCheck())) {
            Facts facts = database.collect(type, Map.of());
            Judgement judgement = type.judge().judge(facts, Map.of(), SampleDatabase.NOW);
            assertThat(judgement.verdict())
                    .as(type.name() + ": " + judgement.reason() + " " + facts)
                    .isEqualTo(Verdict.PROVEN);
        }
    }
}
