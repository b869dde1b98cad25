package dev.averment.server.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.api.RouteList;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.identity.workspace.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What is true of every route and every answer of a running server, and what docs/api.md says of them. */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class EveryAnswerTest {
    private static final Pattern MAX_AGE = Pattern.compile("max-age=(\\d+).*");
    private static final int A_YEAR = 31_536_000;

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person person;

    @BeforeAll
    static void start() throws Exception {
        // The machine may stand anywhere.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        server = RunningServer.start(data);
        person = Person.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Method and path of each route. */
    private static List<String[]> routes() {
        List<String[]> all = server.bean(RouteList.class).of(server.prepared().page()).stream()
                .map(route -> route.split(" "))
                .toList();
        assertThat(all).hasSizeGreaterThan(40);
        return all;
    }

    /** Of every route that changes nothing, and of what is not there, not allowed or not readable. */
    private static List<Answer> answers(String... headers) throws Exception {
        List<Answer> all = new ArrayList<>();
        for (String[] route : routes()) {
            if (route[0].equals("GET")) {
                all.add(server.https("GET", route[1], headers));
            }
        }
        for (String target : List.of("/nothing-here", "/api/v1/nothing-here", "/pages/none", "/pages/%00", "//")) {
            all.add(server.https("GET", target, headers));
        }
        all.add(server.https("TRACE", "/", headers));
        all.add(server.https("DELETE", "/api/v1/account", headers));
        all.add(server.raw(
                "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        return all;
    }

    @Test
    @Asvs({"3.4.1", "3.5.8"})
    void every_answer_asks_to_come_by_tls_for_a_year_and_to_be_embedded_by_nobody() throws Exception {
        for (Answer answer : answers()) {
            Matcher age =
                    MAX_AGE.matcher(answer.header("strict-transport-security").orElse(""));
            assertThat(age.matches()).as(answer.toString()).isTrue();
            assertThat(Integer.parseInt(age.group(1))).isGreaterThanOrEqualTo(A_YEAR);
            assertThat(answer.header("cross-origin-resource-policy"))
                    .as(answer.toString())
                    .contains("same-origin");
        }
    }

    @Test
    @Asvs("3.4.2")
    void no_other_origin_is_ever_allowed_to_read() throws Exception {
        for (String origin : List.of("https://evil.example", "null", "https://localhost.evil.example")) {
            for (Answer answer : answers("Origin: " + origin)) {
                assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
            }
            for (String[] route : routes()) {
                Answer preflight = server.https(
                        "OPTIONS", route[1], "Origin: " + origin, "Access-Control-Request-Method: " + route[0]);
                assertThat(preflight.headers().keySet())
                        .as(route[1])
                        .noneMatch(name -> name.startsWith("access-control-"));
            }
        }
    }

    /** Another application on a host beside this one is as foreign as any other: it shares no cookie and can't post here. */
    @Test
    @Asvs("3.5.4")
    void an_application_on_a_neighbouring_host_is_a_stranger() throws Exception {
        for (String[] headers : new String[][] {
            {"Origin: https://other.localhost:" + server.port()},
            {"Origin: https://localhost:" + (server.port() + 1)},
            {"Sec-Fetch-Site: same-site"},
            {"Sec-Fetch-Site: cross-site"}
        }) {
            assertThat(server.json("POST", "/api/v1/auth/reset", "{\"email\":\"a@example.test\"}", headers)
                            .status())
                    .as(Arrays.toString(headers))
                    .isEqualTo(403);
        }
        assertThat(person.signIn().header("set-cookie").orElseThrow().lines())
                .isNotEmpty()
                .noneMatch(cookie -> cookie.toLowerCase(java.util.Locale.ROOT).contains("domain="));
    }

    @Test
    @Asvs("3.3.5")
    void no_cookie_is_too_long_for_browsers_whatever_the_client_says_of_itself() throws Exception {
        Answer signedIn = server.json(
                "POST",
                "/api/v1/auth/sign-in",
                "{\"email\":\"" + person.email + "\",\"password\":\"" + person.password + "\"}",
                "User-Agent: " + "x".repeat(4_000));
        assertThat(signedIn.status()).isEqualTo(200);
        List<String> cookies =
                signedIn.header("set-cookie").orElseThrow().lines().toList();
        assertThat(cookies).isNotEmpty().allMatch(cookie -> cookie.split(";")[0].length() <= 4_096);
    }

    /** There are none, so nobody can open one from elsewhere or without a session. */
    @Test
    @Asvs({"4.4.2", "4.4.3", "4.4.4"})
    void no_route_becomes_a_web_socket() throws Exception {
        Set<String> paths = new TreeSet<>(List.of("/ws", "/socket", "/websocket", "/api/v1/ws"));
        routes().forEach(route -> paths.add(route[1]));
        for (String path : paths) {
            Answer answer = server.https(
                    "GET",
                    path,
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Authorization: Bearer " + person.accessToken);
            assertThat(answer.status()).as(path).isNotEqualTo(101);
            assertThat(answer.header("sec-websocket-accept")).as(path).isEmpty();
        }
    }

    /** What may stand in an address is listed here; codes and tokens travel in bodies and headers, and behind a #. */
    @Test
    @Asvs("14.2.1")
    void nothing_that_signs_in_or_names_a_person_stands_in_an_address() throws Exception {
        Set<String> parameters = new TreeSet<>();
        Set<String> variables = new TreeSet<>();
        server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, handler) -> {
            for (var parameter : handler.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestParam.class)) {
                    parameters.add(parameter.getParameter().getName());
                }
            }
            mapping.getPatternValues()
                    .forEach(pattern -> Pattern.compile("\\{(\\w+)")
                            .matcher(pattern)
                            .results()
                            .forEach(found -> variables.add(found.group(1))));
        });
        assertThat(parameters)
                .isSubsetOf(
                        "after", "before", "claim", "cursor", "days", "end", "limit", "seconds", "seen", "slug",
                        "start", "state", "tags");
        assertThat(variables)
                .doesNotContain("email", "code", "secret", "password", "ticket", "name")
                .contains("workspace", "session");
        Person other = Person.stranger(server);
        other.signUp();
        try (var mails = Files.list(data.resolve("outbox"))) {
            for (Path mail : mails.toList()) {
                Pattern.compile("https://\\S+")
                        .matcher(Files.readString(mail))
                        .results()
                        .forEach(link -> assertThat(link.group().split("#")[0]).matches("https://[^/?]+(/[a-z-]*)?"));
            }
        }
    }

    private static TreeSet<String> members(Answer answer) throws Exception {
        return new TreeSet<>(object(answer.body()).members().keySet());
    }

    private static JsonObject object(String body) throws Exception {
        return Json.parseObject(body.getBytes(StandardCharsets.UTF_8));
    }

    private static TreeSet<String> members(Answer answer, String list) throws Exception {
        return new TreeSet<>(
                object(answer.body()).array(list).objects().getFirst().members().keySet());
    }

    /** docs/api.md names the fields of each answer, and the answers have these and no others. */
    @Test
    @Asvs({"8.1.2", "15.3.1"})
    void answers_hold_the_fields_that_are_written_down_and_no_others() throws Exception {
        String workspace =
                "/api/v1/workspaces/" + Person.member(person.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
        assertThat(person.send("POST", workspace + "/invitations", "email", "guest@example.test", "role", "viewer")
                        .status())
                .isEqualTo(201);
        Map<String, TreeSet<String>> answered = new TreeMap<>();
        answered.put("account", members(person.get("/api/v1/account")));
        answered.put("session", members(person.get("/api/v1/account/sessions"), "sessions"));
        answered.put("workspace", members(person.get(workspace)));
        answered.put("member", members(person.get(workspace + "/members"), "members"));
        answered.put("invitation", members(person.get(workspace + "/invitations"), "invitations"));
        Map<String, TreeSet<String>> written = new TreeMap<>();
        Pattern row = Pattern.compile("\\| `(\\w+)` \\| ((?:`\\w+`,? ?)+)\\|.*");
        document("Fields, and who sees them")
                .lines()
                .map(row::matcher)
                .filter(Matcher::matches)
                .forEach(found -> written.put(
                        found.group(1),
                        new TreeSet<>(Pattern.compile("`(\\w+)`")
                                .matcher(found.group(2))
                                .results()
                                .map(name -> name.group(1))
                                .toList())));
        assertThat(answered).isEqualTo(written);
    }

    private static String document(String title) throws Exception {
        String text = Files.readString(Path.of("..", "docs", "api.md"));
        int start = text.indexOf("\n## " + title + "\n");
        assertThat(start).as("section " + title).isPositive();
        int end = text.indexOf("\n## ", start + 4);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** What a route of a workspace demands is written beside it. */
    @Test
    @Asvs("8.1.1")
    void what_each_route_of_a_workspace_needs_is_written_down() throws Exception {
        Map<String, String> enforced = new TreeMap<>();
        server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, handler) -> {
            Needs needs = handler.getMethodAnnotation(Needs.class);
            String path = mapping.getPatternValues().iterator().next();
            if (needs != null && needs.value().delegable() && path.startsWith("/api/")) {
                String method = mapping.getMethodsCondition()
                        .getMethods()
                        .iterator()
                        .next()
                        .name();
                enforced.put(method + " " + path, needs.value().word());
            }
        });
        Map<String, String> written = new TreeMap<>();
        Pattern row = Pattern.compile("\\| `(\\w+) ([^`?\\s]+)(?:\\?[^`]*)?` \\| `(\\w+:\\w+)` .*");
        document("Workspaces")
                .lines()
                .map(row::matcher)
                .filter(Matcher::matches)
                .forEach(found -> written.put(
                        found.group(1) + " " + found.group(2).replace("…", "/api/v1/workspaces/{workspace}"),
                        found.group(3)));
        assertThat(enforced).hasSizeGreaterThanOrEqualTo(8).isEqualTo(written);
    }

    @Test
    @Asvs("16.3.2")
    void a_refused_request_leaves_a_line_with_who_and_what(CapturedOutput output) throws Exception {
        Person outsider = Person.signedIn(server);
        String workspace = Person.member(person.send("POST", "/api/v1/workspaces", "name", "Closed"), "id");
        assertThat(outsider.get("/api/v1/workspaces/" + workspace).status()).isEqualTo(404);
        String account = Person.member(outsider.get("/api/v1/account"), "id");
        assertThat(output.getAll())
                .contains("refused: user:" + account + " wanted workspace:read in workspace " + workspace);
        assertThat(outsider.get("/api/v1/pages/self").status()).isEqualTo(404);
        assertThat(output.getAll()).contains("refused: GET /api/v1/pages/self from 127.0.0.1, who is [ROLE_PERSON]");
        assertThat(server.https("GET", "/api/v1/pages/self").status()).isEqualTo(401);
        assertThat(output.getAll()).contains("refused: GET /api/v1/pages/self from 127.0.0.1, who is nobody");
        assertThat(output.getAll()).doesNotContain(outsider.accessToken, outsider.email);
    }

    @Test
    @Asvs({"7.4.5", "6.4.6", "8.4.2"})
    void operators_act_on_accounts_and_nobody_else_does() throws Exception {
        Person target = Person.signedIn(server);
        String body = "{\"email\":\"" + target.email + "\"}";
        for (String act : List.of("end-sessions", "reset")) {
            String path = "/api/v1/operator/accounts/" + act;
            assertThat(server.json("POST", path, body).status()).isEqualTo(401);
            assertThat(person.send("POST", path, "email", target.email).status())
                    .isEqualTo(404);
        }
        assertThat(target.get("/api/v1/account").status()).isEqualTo(200);
        String operator = "Authorization: Bearer " + server.operatorToken();
        Answer ended = server.json("POST", "/api/v1/operator/accounts/end-sessions", body, operator);
        assertThat(ended.status()).isEqualTo(204);
        assertThat(target.get("/api/v1/account").status()).isEqualTo(401);
        Answer reset = server.json("POST", "/api/v1/operator/accounts/reset", body, operator);
        assertThat(reset.status()).isEqualTo(204);
        assertThat(reset.body()).isEmpty();
        assertThat(target.mailedCode()).hasSize(43);
    }

    /** Two times of one event can be compared without knowing where each was written. */
    @Test
    @Asvs("16.2.2")
    void the_database_counts_time_as_the_log_does_wherever_the_machine_stands() throws Exception {
        try (var connection = server.prepared().access().connect("averment_app");
                var statement = connection.createStatement();
                var row = statement.executeQuery("show timezone")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("UTC");
        }
    }

    @Test
    @Asvs("6.7.2")
    void challenges_of_passkeys_have_256_bits_and_never_come_twice() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            Answer options = person.send("POST", "/api/v1/account/factors/passkeys/options");
            assertThat(options.status()).as(options.body()).isEqualTo(200);
            String challenge = object(options.body()).string("challenge");
            assertThat(java.util.Base64.getUrlDecoder().decode(challenge)).hasSizeGreaterThanOrEqualTo(32);
            seen.add(challenge);
        }
        assertThat(seen).hasSize(20);
    }
}
