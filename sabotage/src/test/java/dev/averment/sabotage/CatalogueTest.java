package dev.averment.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.CheckBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    static Stream<CheckType> built() {
        return CheckTypes.installed().built().stream();
    }

    @ParameterizedTest
    @MethodSource("built")
    void every_built_check_type_has_a_fault(CheckType type) throws Exception {
        var page = Pages.page("self");
        var binding = new CheckBinding(
                "c",
                type.name(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Map.of("register", "certificates"),
                Map.of("min", "1.2", "hsts", Map.of("minAge", "365d")));

        assertThat(Catalogue.of(new Bound(page, page.claims().getFirst(), binding)))
                .isNotEmpty();
    }

    static Stream<String> pages() {
        return Pages.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_check_of_every_page_has_a_fault_once_it_is_built(String id) throws Exception {
        List<String> without = new ArrayList<>();
        for (Bound bound : Looks.bounds(Pages.page(id), Set.of())) {
            if (CheckTypes.installed().find(bound.check().type()) instanceof CheckTypes.Built
                    && Catalogue.of(bound).isEmpty()) {
                without.add(bound.label());
            }
        }

        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void an_id_names_one_fault(String id) throws Exception {
        Map<String, String> seen = new HashMap<>();
        for (Bound bound : Looks.bounds(Pages.page(id), Set.of())) {
            for (Sabotage fault : Catalogue.of(bound)) {
                assertThat(fault.id()).matches("[a-z][a-z0-9.-]*(:[a-z0-9-]+)?");
                assertThat(fault.breaks()).endsWith(".");
                assertThat(seen.putIfAbsent(fault.id(), fault.breaks())).isIn(null, fault.breaks());
            }
        }
    }

    @Test
    void a_type_that_nobody_knows_has_none() throws Exception {
        var page = Pages.page("self");
        var binding =
                new CheckBinding("c", "tea-leaves", Duration.ofMinutes(1), Duration.ofMinutes(5), Map.of(), Map.of());

        assertThat(Catalogue.of(new Bound(page, page.claims().getFirst(), binding)))
                .isEmpty();
    }
}
