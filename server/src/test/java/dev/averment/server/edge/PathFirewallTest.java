package dev.averment.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.pathtraversal.HostilePaths;
import dev.averment.server.api.RouteList;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as attackers write them, byte for byte, at every family of routes of the running server. */
@Timeout(600)
class PathFirewallTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person insider;
    private static Person outsider;
    private static String foreign;
    private static String own;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        insider = Person.signedIn(server);
        outsider = Person.signedIn(server);
        foreign = Person.member(insider.send("POST", "/api/v1/workspaces", "name", "Works of the insider"), "id");
        own = Person.member(outsider.send("POST", "/api/v1/workspaces", "name", "Works of the outsider"), "id");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Answer> tried(Map<String, String> paths, String... headers) throws Exception {
        Map<String, Answer> answers = new java.util.TreeMap<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            Map<String, Future<Answer>> running = new java.util.LinkedHashMap<>();
            paths.forEach((name, path) -> running.put(name, threads.submit(() -> server.https("GET", path, headers))));
            for (var one : running.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
        }
        return answers;
    }

    /** One path of each family: what begins with the same segments up to the first that names something. */
    private static List<String> families() {
        Set<String> seen = new TreeSet<>();
        List<String> paths = new ArrayList<>();
        for (String route : server.bean(RouteList.class).of(server.prepared().page())) {
            String[] parts = route.split(" ");
            String[] segments = parts[1].substring(1).split("/");
            String family = segments[0].equals("api")
                    ? String.join("/", List.of(segments).subList(0, 3))
                    : segments[0];
            if (parts[0].equals("GET") && !family.isEmpty() && seen.add(family)) {
                paths.add(parts[1]);
            }
        }
        return paths;
    }

    @Test
    void the_corpus_has_more_than_a_hundred_spellings() {
        assertThat(HostilePaths.names()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
    }

    @Test
    void every_spelling_is_refused_on_every_family_of_routes() throws Exception {
        List<String> families = families();
        assertThat(families).hasSizeGreaterThan(8);
        for (String path : families) {
            tried(HostilePaths.of(path), "Authorization: Bearer " + server.operatorToken())
                    .forEach((name, answer) -> assertThat(answer.status())
                            .as(path + ", " + name)
                            .satisfiesAnyOf(
                                    s -> assertThat(s).isEqualTo(400),
                                    // The connection ended: Tomcat found no request in the bytes.
                                    s -> assertThat(s).isZero()));
        }
    }

    /** The path of a workspace's things begins with the workspace: no spelling makes another's of one's own. */
    @Test
    @Asvs({"8.2.2", "8.4.1"})
    void nobody_gets_from_his_own_workspace_into_another() throws Exception {
        String theirs = "/api/v1/workspaces/" + foreign;
        assertThat(insider.get(theirs).body()).contains("Works of the insider");
        assertThat(outsider.get(theirs).status()).isEqualTo(404);
        Map<String, String> paths = new java.util.LinkedHashMap<>();
        for (String dots : List.of("..", "%2e%2e", ".%2e", "%252e%252e", "..;", "%c0%ae%c0%ae", "%uff0e%uff0e")) {
            for (String slash : List.of("/", "%2f", "%2F", "\\", "%5c", "%252f", "//", "%c0%af", ";/")) {
                paths.put(
                        dots + " " + slash, "/api/v1/workspaces/" + own + slash + dots + slash + foreign + "/members");
            }
        }
        paths.put("both", "/api/v1/workspaces/" + own + "/" + foreign);
        paths.put("capitals", "/api/v1/workspaces/" + foreign.toUpperCase(java.util.Locale.ROOT));
        paths.put("braces", "/api/v1/workspaces/%7b" + foreign + "%7d");
        paths.put("parameter", "/api/v1/workspaces/" + own + "?workspace=" + foreign);
        paths.put("matrix", "/api/v1/workspaces/" + own + ";workspace=" + foreign);
        tried(paths, "Authorization: Bearer " + outsider.accessToken).forEach((name, answer) -> {
            assertThat(answer.body()).as(name).doesNotContain("insider", insider.email);
            assertThat(answer.status()).as(name).isIn(name.equals("parameter") ? List.of(200) : List.of(0, 400, 404));
        });
    }

    @Test
    void a_refusal_is_a_problem_with_the_headers_of_every_answer() throws Exception {
        Answer answer = server.https("GET", "/pages/x/../self");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.header("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.header("cache-control")).hasValue("no-store");
        assertThat(answer.body()).doesNotContain("..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pages/self",
                "/pages/self/packet.zip",
                "/.well-known/security.txt",
                "/log/a4e00000-0000-8000-8000-000000000001/tile/0/x001/234.p/12",
                "/api/v1/workspaces/",
                "/a_b/~c/d.e.f"
            })
    void a_path_that_is_written_plainly_passes(String path) {
        assertThat(PathFirewall.plain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "pages",
                "//",
                "/.",
                "/..",
                "/...",
                "/.git/config",
                "/a/.well-known/b",
                "/a..b",
                "/a b",
                "/a+b",
                "/a:b",
                "/a@b",
                "/ä",
                "/a\u0000"
            })
    void what_is_written_otherwise_does_not(String path) {
        assertThat(PathFirewall.plain(path)).isFalse();
    }

    @Test
    void a_path_that_is_too_long_is_refused_and_costs_no_more_than_its_length() {
        assertThat(PathFirewall.plain("/" + "a".repeat(1_023))).isTrue();
        assertThat(PathFirewall.plain("/" + "a".repeat(1_024))).isFalse();
        assertThat(PathFirewall.plain("/a.".repeat(300) + "%")).isFalse();
    }
}
