package dev.averment.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PolicyReportsTest {
    private static final String REPORT = """
            {"csp-report":{"document-uri":"https://localhost/settings/account?secret=1","effective-directive":"%s",
            "blocked-uri":"https://evil.example/ada@example.org"}}""";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final PolicyReports reports = new PolicyReports(clock);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ch.qos.logback.classic.Logger log =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(PolicyReports.class);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    private int send(String report) throws Exception {
        var request = new MockHttpServletRequest("POST", PolicyReports.PATH);
        request.setContentType("application/csp-report");
        request.setContent(report.getBytes(StandardCharsets.UTF_8));
        var response = new MockHttpServletResponse();
        reports.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private String logged() {
        return String.join(
                "\n",
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    @Asvs("3.4.7")
    void of_a_report_the_directive_is_counted_and_nothing_else_is_kept() throws Exception {
        assertThat(send(REPORT.formatted("script-src-elem"))).isEqualTo(204);
        assertThat(send("[{\"type\":\"csp-violation\",\"body\":{\"effectiveDirective\":\"img-src\"}}]"))
                .isEqualTo(204);
        assertThat(send(REPORT.formatted("made-up"))).isEqualTo(204);
        assertThat(send("\u0000 no report at all")).isEqualTo(204);
        assertThat(reports.counted())
                .containsOnly(
                        java.util.Map.entry("script-src-elem", 1L),
                        java.util.Map.entry("img-src", 1L),
                        java.util.Map.entry("other", 2L));
        assertThat(lines.list).hasSize(1);
        assertThat(logged()).contains("script-src-elem").doesNotContain("evil", "secret", "ada@");
    }

    @Test
    @Asvs({"3.4.7", "16.4.1"})
    void a_window_has_one_line_however_many_reports_come() throws Exception {
        for (int i = 0; i < PolicyReports.MOST; i++) {
            assertThat(send(REPORT.formatted("style-src-attr"))).isEqualTo(204);
        }
        assertThat(send(REPORT.formatted("style-src-attr"))).isEqualTo(429);
        assertThat(lines.list).hasSize(1);
        clock.step(PolicyReports.WINDOW.plus(Duration.ofSeconds(1)));
        assertThat(send(REPORT.formatted("font-src"))).isEqualTo(204);
        assertThat(logged()).contains("style-src-attr 1000", "font-src");
        assertThat(reports.counted()).containsOnlyKeys("font-src");
    }

    @Test
    void a_report_that_is_too_large_is_refused() throws Exception {
        assertThat(send(" ".repeat(PolicyReports.LONGEST + 1))).isEqualTo(413);
    }

    @Test
    @Asvs("3.4.7")
    void every_policy_says_where_to_report_and_reports_from_pages_without_origin_arrive(@TempDir Path data)
            throws Exception {
        try (RunningServer server = RunningServer.start(data)) {
            for (String path : new String[] {"/", "/pages/self", "/sign-in", "/api/v1/account", "/nothing-here"}) {
                Answer answer = server.https("GET", path);
                assertThat(answer.header("content-security-policy").orElseThrow())
                        .as(path)
                        .contains("report-uri /reports/content-policy", "report-to content-policy");
                assertThat(answer.header("reporting-endpoints")).as(path).hasValue(PolicyReports.ENDPOINTS);
            }
            assertThat(server.json(
                                    "POST",
                                    PolicyReports.PATH,
                                    REPORT.formatted("img-src"),
                                    "Origin: null",
                                    "Sec-Fetch-Site: same-origin")
                            .status())
                    .isEqualTo(204);
            assertThat(server.https("GET", PolicyReports.PATH).status()).isEqualTo(404);
        }
    }
}
