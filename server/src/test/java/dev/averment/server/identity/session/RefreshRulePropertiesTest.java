package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What the rule is for, over any history. A browser has one jar of cookies for all its tabs, asks when its access token has
 * run out, and asks again with the same token when no answer came; every so often no answer comes.
 */
@Asvs({"10.4.5", "7.2.4"})
class RefreshRulePropertiesTest {
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** A session as the server keeps it; the rule is asked, and done what it says. */
    private static final class Server {
        Instant now = Instant.parse("2026-11-24T09:00:00Z");
        Instant refreshed = now;
        int generation;
        int base = RefreshRule.NONE;
        boolean confirmed;
        boolean ended;
        int increments;

        /** The generation of the answer; -1 for none. */
        int refresh(int token) {
            if (ended) {
                return -1;
            }
            switch (RefreshRule.of(token, generation, base, refreshed, confirmed, GRACE, now)) {
                case ROTATE -> advance(generation);
                case RECOVER -> advance(base);
                case REPEAT -> {}
                case REUSED -> {
                    ended = true;
                    return -1;
                }
            }
            return generation;
        }

        private void advance(int from) {
            base = from;
            generation++;
            increments++;
            refreshed = now;
            confirmed = false;
        }

        void use(int generationOfAccessToken) {
            confirmed |= generationOfAccessToken == generation;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /** Whoever holds a token: a browser, or a thief with a copy of its jar. */
    private static final class Holder {
        int jar;

        Holder(int jar) {
            this.jar = jar;
        }
    }

    /**
     * One thing that happens.
     *
     * @param tabs     that ask at the same moment
     * @param arriving bits of the tabs whose answer arrives
     * @param uses     whether the access token is used then
     * @param seconds  that pass afterwards
     */
    record Step(Who who, int tabs, int arriving, boolean uses, int seconds) {}

    enum Who {
        BROWSER,
        THIEF,
        COPY
    }

    @Provide
    Arbitrary<List<Step>> honest() {
        return steps(Arbitraries.just(Who.BROWSER));
    }

    @Provide
    Arbitrary<List<Step>> copied() {
        return steps(Arbitraries.of(Who.BROWSER, Who.BROWSER, Who.COPY));
    }

    @Provide
    Arbitrary<List<Step>> stolen() {
        return steps(Arbitraries.of(Who.BROWSER, Who.BROWSER, Who.THIEF, Who.COPY));
    }

    private static Arbitrary<List<Step>> steps(Arbitrary<Who> who) {
        Arbitrary<Integer> seconds = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 60), Arbitraries.integers().between(61, 90_000));
        return net.jqwik.api.Combinators.combine(
                        who,
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.of(true, false),
                        seconds)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** What a holder's tabs get, at one moment; the jar takes what arrives. */
    private static List<Integer> ask(Server server, Holder holder, Step step) {
        List<Integer> answers = new ArrayList<>();
        int token = holder.jar;
        for (int tab = 0; tab < step.tabs(); tab++) {
            int answer = server.refresh(token);
            answers.add(answer);
            if (answer >= 0 && (step.arriving() >> tab & 1) == 1) {
                holder.jar = answer;
            }
        }
        if (step.uses() && holder.jar != token) {
            server.use(holder.jar);
        }
        server.pass(Duration.ofSeconds(step.seconds()));
        return answers;
    }

    /** Neither parallel tabs nor lost answers, in any order and however many, sign anybody out; nor do copies unused. */
    @Property(tries = 5_000)
    void a_browser_that_keeps_to_the_protocol_is_never_signed_out(@ForAll("copied") List<Step> history) {
        var server = new Server();
        var browser = new Holder(0);
        for (Step step : history) {
            if (step.who() == Who.BROWSER) {
                assertThat(ask(server, browser, step)).doesNotContain(-1);
            }
        }
        assertThat(server.ended).isFalse();
    }

    @Property(tries = 5_000)
    void tabs_that_ask_at_once_get_one_answer_and_cost_one_generation(@ForAll("honest") List<Step> history) {
        var server = new Server();
        var browser = new Holder(0);
        for (Step step : history) {
            int before = server.increments;
            assertThat(ask(server, browser, step)).containsOnly(server.generation);
            assertThat(server.increments - before).isLessThanOrEqualTo(1);
        }
    }

    /** However a copy was used before: two who go on with one session, further apart than the grace, end it between them. */
    @Property(tries = 5_000)
    void thief_and_victim_cannot_both_go_on(
            @ForAll("stolen") List<Step> history, @ForAll boolean thiefFirst, @ForAll boolean usesAccessTokens) {
        var server = new Server();
        var browser = new Holder(0);
        var thief = new Holder(0);
        for (Step step : history) {
            switch (step.who()) {
                case BROWSER -> ask(server, browser, step);
                case THIEF -> ask(server, thief, step);
                case COPY -> thief.jar = browser.jar;
            }
        }
        server.pass(GRACE);
        var goOn = new Step(Who.BROWSER, 1, 1, usesAccessTokens, 900);
        Holder first = thiefFirst ? thief : browser;
        Holder second = thiefFirst ? browser : thief;
        // The first may be answered; then the second is a copy, or makes the first one.
        ask(server, first, goOn);
        ask(server, second, goOn);
        ask(server, first, goOn);
        assertThat(server.ended).isTrue();
    }

    /** A token that was answered, and whose answer was used, is never answered again but within the grace. */
    @Property(tries = 5_000)
    void an_old_token_ends_the_session_at_once(@ForAll("honest") List<Step> history, @ForAll int which) {
        var server = new Server();
        var browser = new Holder(0);
        List<Integer> held = new ArrayList<>();
        for (Step step : history) {
            int before = browser.jar;
            ask(server, browser, step);
            if (browser.jar != before) {
                held.add(before);
            }
        }
        int token = browser.jar;
        server.use(token);
        server.pass(GRACE);
        if (held.isEmpty()) {
            return;
        }
        assertThat(server.refresh(held.get(Math.floorMod(which, held.size())))).isEqualTo(-1);
        assertThat(server.ended).isTrue();
    }
}
