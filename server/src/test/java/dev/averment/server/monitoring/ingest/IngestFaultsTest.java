package dev.averment.server.monitoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.monitoring.MonitoredWorkspace;
import dev.averment.server.monitoring.MonitoredWorkspace.Made;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the database: what was answered with 200 is there, and what was not is refused with when to come again. */
class IngestFaultsTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static MonitoredWorkspace works;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        works = MonitoredWorkspace.of(Person.signedIn(server));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection administrator() throws SQLException {
        return server.prepared()
                .access()
                .connect(
                        server.prepared().access().administrator(),
                        server.prepared().access().database());
    }

    private static void refusedForNow(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("retry-after").orElseThrow())).isPositive();
    }

    @Test
    void without_a_way_to_the_database_a_ping_is_to_come_again_and_then_is_taken() throws Exception {
        Made monitor = works.monitor("Away", "\"everySeconds\":3600");
        assertThat(server.https("GET", monitor.ping("")).status()).isEqualTo(200);
        try (Connection admin = administrator();
                var s = admin.createStatement()) {
            s.execute("alter role averment_ingest nologin");
            s.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'averment_ingest'");
            try {
                refusedForNow(server.https("GET", monitor.ping("")));
            } finally {
                s.execute("alter role averment_ingest login");
            }
        }
        Answer answer = server.https("GET", monitor.ping(""));
        for (int i = 0; i < 20 && answer.status() == 503; i++) {
            answer = server.https("GET", monitor.ping(""));
        }
        assertThat(answer.status()).isEqualTo(200);
        assertThat(works.seen(monitor).integer("pings")).isEqualTo(2);
    }

    @Test
    void while_the_database_stands_still_nobody_waits_for_ever() throws Exception {
        Made monitor = works.monitor("Still", "\"everySeconds\":3600");
        try (Connection admin = administrator();
                var s = admin.createStatement()) {
            admin.setAutoCommit(false);
            s.execute("lock table monitoring.ping in access exclusive mode");
            refusedForNow(server.https("GET", monitor.ping("/log")));
            admin.rollback();
        }
        Answer answer = server.https("GET", monitor.ping("/log"));
        for (int i = 0; i < 20 && answer.status() == 503; i++) {
            answer = server.https("GET", monitor.ping("/log"));
        }
        assertThat(answer.status()).isEqualTo(200);
    }

    /** Connections are cut again and again under load; at the end, each ping that was answered with 200 is in the table. */
    @Test
    void nothing_that_was_acknowledged_is_lost_when_connections_are_cut() throws Exception {
        Made monitor = works.monitor("Cut", "\"everySeconds\":3600");
        var acknowledged = java.util.Collections.synchronizedList(new ArrayList<UUID>());
        var left = new AtomicInteger(100);
        var tenth = new CountDownLatch(10);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                while (left.decrementAndGet() >= 0) {
                    UUID rid = UUID.randomUUID();
                    try {
                        if (server.https("POST", monitor.ping("/log?rid=" + rid))
                                        .status()
                                == 200) {
                            acknowledged.add(rid);
                        }
                    } catch (java.io.IOException e) {
                        // No answer: whether it was written is not known, and nothing was promised.
                    }
                    tenth.countDown();
                }
            }));
        }
        tenth.await();
        try (Connection admin = administrator();
                var s = admin.createStatement()) {
            for (int i = 0; i < 5; i++) {
                s.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'averment_ingest'");
            }
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(acknowledged).isNotEmpty();
        try (Connection admin = administrator();
                var s = admin.createStatement();
                var r = s.executeQuery("select rid from monitoring.ping where rid is not null")) {
            List<UUID> written = new ArrayList<>();
            while (r.next()) {
                written.add(r.getObject(1, UUID.class));
            }
            assertThat(written).containsAll(acknowledged);
        }
    }
}
