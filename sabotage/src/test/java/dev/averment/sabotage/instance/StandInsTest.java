package dev.averment.sabotage.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.claims.Page;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StandInsTest {

    private static Page page(String id) throws Exception {
        return switch (PageLoader.installed()
                .load(
                        Path.of("..", "pages", id + ".yaml"),
                        InstantSource.system().instant())) {
            case LoadResult.Loaded loaded -> loaded.page();
            case LoadResult.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    @Test
    void a_page_gets_the_providers_that_its_checks_name() throws Exception {
        assertThat(StandIns.of(page("tutoring"))).containsExactly("apple", "google");
        assertThat(StandIns.of(page("media"))).containsExactly("google", "openid");
    }

    @Test
    void a_check_that_takes_any_provider_gets_one() throws Exception {
        assertThat(StandIns.of(page("workflow"))).containsExactly("openid");
    }

    @Test
    void a_page_that_promises_nothing_of_providers_gets_none() throws Exception {
        assertThat(StandIns.of(page("self"))).isEmpty();
    }
}
