package dev.averment.checks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckTypesTest {
    private static final Judge JUDGE = (facts, expect, now) -> Judgement.unproven("not looked at");

    @Test
    void everyPlannedTypeHasAKebabNameAClauseAndAPart() {
        assertThat(CheckTypes.plan()).isNotEmpty().allSatisfy(plan -> {
            assertThat(plan.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
            assertThat(plan.will()).doesNotEndWith(".");
            assertThat(plan.part()).isNotBlank();
        });
        assertThat(CheckTypes.plan()).extracting(CheckTypes.Planned::name).doesNotHaveDuplicates();
    }

    @Test
    void aBuiltTypeWinsOverItsPlan() {
        CheckTypes types = CheckTypes.of(List.of(new TestingCheckType("restore-drill", JUDGE)));
        assertThat(types.find("restore-drill")).isInstanceOf(CheckTypes.Built.class);
        assertThat(types.planned()).extracting(CheckTypes.Planned::name).doesNotContain("restore-drill");
    }

    @Test
    void anUnknownNameSuggestsTheNearestOfBoth() {
        CheckTypes types = CheckTypes.of(List.of(new TestingCheckType("tls-versions", JUDGE)));
        assertThat(types.find("tls-version"))
                .isEqualTo(new CheckTypes.Unknown("tls-version", Optional.of("tls-versions")));
        assertThat(types.find("restore-dril"))
                .isEqualTo(new CheckTypes.Unknown("restore-dril", Optional.of("restore-drill")));
        assertThat(types.find("astrology")).isEqualTo(new CheckTypes.Unknown("astrology", Optional.empty()));
    }

    @Test
    void twoTypesOfOneNameAreABug() {
        assertThatThrownBy(() -> CheckTypes.of(
                        List.of(new TestingCheckType("twice", JUDGE), new TestingCheckType("twice", JUDGE))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void installedTypesAreFoundByTheirOwnNames() {
        CheckTypes types = CheckTypes.installed();
        assertThat(types.built())
                .allSatisfy(type -> assertThat(types.find(type.name())).isEqualTo(new CheckTypes.Built(type)));
        assertThat(types.find("uptime")).isNotInstanceOf(CheckTypes.Unknown.class);
    }
}
