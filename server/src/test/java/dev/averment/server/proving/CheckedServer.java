package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector.Look;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Verdict;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/** A whole server, and the checks of this instance that look at it. */
final class CheckedServer implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();

    private final Path data;
    private final RunningServer server;
    private final InstanceTarget target;

    CheckedServer(Path data) throws Exception {
        this.data = data;
        this.server = RunningServer.start(data);
        this.target = InstanceTarget.of(data);
    }

    private static CheckType type(String name) {
        if (CheckTypes.installed().find(name) instanceof CheckTypes.Built(var built)) {
            return built;
        }
        throw new AssertionError("there is no check type " + name);
    }

    Facts collect(String name, Map<String, Object> with) throws CollectException {
        return type(name).collector().collect(new Look(target, server.prepared().page(), with, CLOCK));
    }

    /** The check proves what is expected, and its facts hold nothing of {@code secret} and no address of its own. */
    Judgement holds(String name, Map<String, Object> with, Map<String, Object> expect, String... secret)
            throws CollectException {
        Facts facts = collect(name, with);
        Judgement said = type(name).judge().judge(facts, expect, CLOCK.instant());
        assertThat(said.verdict()).as(said.reason() + facts).isEqualTo(Verdict.PROVEN);
        assertThat(facts.toString()).doesNotContain("canary-");
        for (String each : secret) {
            assertThat(facts.toString()).doesNotContain(each);
        }
        return said;
    }

    /** None of {@code rows} is there, as whoever may see all rows counts them, and no mail is. */
    void nothingIsLeft(String... rows) throws Exception {
        var access = server.prepared().access();
        for (String left : rows) {
            try (var c = access.connect(access.administrator());
                    var s = c.createStatement();
                    var r = s.executeQuery("select count(*) from " + left)) {
                r.next();
                assertThat(r.getInt(1)).as(left).isZero();
            }
        }
        try (Stream<Path> mails = Files.list(data.resolve("outbox"))) {
            assertThat(mails).isEmpty();
        }
    }

    @Override
    public void close() {
        target.close();
        server.close();
    }
}
