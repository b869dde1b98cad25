package dev.averment.server.publicsite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.claims.PageState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;

@Timeout(20)
class RenderedPagesTest {

    private final SampleSite.TestClock clock = new SampleSite.TestClock();
    private final RenderedPages rendered = new RenderedPages(clock);
    private final RenderedPages.Key key = new RenderedPages.Key("calm", "page", SiteLanguage.EN, false);

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8), MediaType.TEXT_HTML);
    }

    private static String text(Body body) {
        return new String(body.plain(), StandardCharsets.UTF_8);
    }

    @Test
    void many_readers_cost_one_rendering() throws Exception {
        var renderings = new AtomicInteger();
        var state = SamplePages.calm();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Body>> readers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                readers.add(threads.submit(
                        () -> rendered.get(key, state, now -> body("n" + renderings.incrementAndGet()))));
            }
            for (var reader : readers) {
                assertThat(text(reader.get())).isEqualTo("n1");
            }
        }
        assertThat(renderings).hasValue(1);
    }

    @Test
    void a_state_made_anew_without_a_change_is_not_rendered_again_but_a_changed_one_is() {
        rendered.get(key, SamplePages.calm(), now -> body("first"));
        assertThat(text(rendered.get(key, SamplePages.calm(), now -> body("again"))))
                .isEqualTo("first");
        PageState changed = SamplePages.state("calm", SamplePages.calm().page().title(), "de", 3, List.of());
        assertThat(text(rendered.get(key, changed, now -> body("changed")))).isEqualTo("changed");
    }

    @Test
    void while_one_renders_others_get_the_bytes_before_unless_the_state_changed() throws Exception {
        var state = SamplePages.calm();
        rendered.get(key, state, now -> body("old"));
        clock.set(SamplePages.NOW.plusSeconds(RenderedPages.SECONDS));
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Body> slow = threads.submit(() -> rendered.get(key, state, now -> {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return body("new");
            }));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(text(rendered.get(key, state, now -> body("never")))).isEqualTo("old");
            PageState changed = SamplePages.state("calm", state.page().title(), "de", 3, List.of());
            Future<Body> waiting = threads.submit(() -> rendered.get(key, changed, now -> body("changed")));
            release.countDown();
            assertThat(text(slow.get())).isEqualTo("new");
            assertThat(text(waiting.get())).isEqualTo("changed");
        }
    }

    @Test
    void a_rendering_that_fails_leaves_room_for_the_next() {
        var state = SamplePages.calm();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> rendered.get(key, state, now -> {
                    throw new IllegalStateException("store is down");
                }))
                .hasMessage("store is down");
        assertThat(text(rendered.get(key, state, now -> body("up")))).isEqualTo("up");
    }
}
