package dev.averment.checks.own;

import dev.averment.checks.Altered;
import dev.averment.checks.Target;
import dev.averment.checks.postgres.TestPostgres;
import dev.averment.checks.target.TargetFile;
import dev.averment.checks.target.TestAuthority;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Request;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Audience;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.PacketContents;
import dev.averment.evidence.packet.PacketKeys;
import dev.averment.evidence.packet.PacketWriter;
import dev.averment.evidence.packet.Promises;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody's own system, for real: a site over TLS, a PostgreSQL with row-level security, a log that is served and stored,
 * registers in a file, and the target file that describes them. All of it is in order; a test spoils one thing.
 */
final class OwnSystem implements AutoCloseable {
    private static final String TENANT = "33333333-3333-4333-8333-333333333333";
    private static final String ORIGIN = "shop.example/log/1";

    final ShopDatabase database;
    private final Path folder;
    private final TestSite site;
    private final TestSite old;
    private final TestSite plain;
    private final Map<String, Response> answers = new HashMap<>();
    private String target;
    private String registers;

    private OwnSystem(Path folder, ShopDatabase database, boolean sealed) throws Exception {
        this.folder = folder;
        this.database = database;
        TestAuthority authority = TestAuthority.create();
        site = TestSite.https(authority, authority.localhost(), this::answer, "TLSv1.3");
        old = TestSite.https(authority, authority.localhost(), this::answer, "TLSv1.2");
        plain = TestSite.http(request -> Response.of(308, "", "Location: " + site.base() + request.path()));
        Files.write(folder.resolve("ca.pem"), authority.pem());
        Files.copy(TestPostgres.server().certificates().serverCertificate(), folder.resolve("db-ca.pem"));
        Files.copy(TestPostgres.server().certificates().clientStore(), folder.resolve("client.p12"));
        Files.writeString(folder.resolve("client.password"), "test-only\n");
        Files.writeString(folder.resolve("app.password"), "unused: the test server trusts\n");
        Files.writeString(folder.resolve("context.secret"), ShopDatabase.SECRET + "\n");
        Files.writeString(folder.resolve("session.txt"), "Cookie: session=1\n");
        pages();
        NoteSigner signer = NoteSigner.generate(ORIGIN);
        logAndPacket(signer);
        registers = """
                registers:
                  certificates:
                    - {id: dc, title: "Data centre, ISO 27001", owner: operations, dated: -40d, expires: +300d, status: done}
                  sub-processors:
                    - {id: host, title: Hosting Ltd, owner: privacy, status: done, details: {location: "Graz, AT"}}
                """;
        target = web()
                + (sealed ? sealed(postgres()) : postgres())
                + """
                registers: {file: registers.yaml}
                log:
                  workspace: %s
                  origin: %s
                  base: %s/log/
                  vkey: %s
                  entries:
                    statement: "select sequence, body from audit.entry where sequence >= ? and sequence < ?"
                """.formatted(TENANT, ORIGIN, site.base(), signer.vkey());
    }

    /** With a context that is a plain setting, on a database whose name begins so. */
    static OwnSystem plain(Path folder, String prefix) throws Exception {
        return new OwnSystem(folder, ShopDatabase.plain(prefix), false);
    }

    /** With a context that injected SQL can't make up. */
    static OwnSystem sealed(Path folder) throws Exception {
        return new OwnSystem(folder, ShopDatabase.sealed("tls_"), true);
    }

    private String web() {
        return """
                target: shop
                web:
                  base: %s
                  ca: ca.pem
                  plain: %s
                  paths:
                    - /
                    - GET /api/orders signed-in
                  signedIn: {headersFile: session.txt}
                """.formatted(site.base(), plain.base());
    }

    /** The example's own description of the database, of this database. */
    private String postgres() throws Exception {
        String example = Files.readString(ShopDatabase.EXAMPLE.resolve("target.yaml"))
                .replace("target: shop\n", "")
                .replace("probe.password", "app.password");
        String ours = example.replace("  url: jdbc:postgresql://localhost/shop\n", """
                  url: %s
                  tls: {ca: db-ca.pem}
                """.formatted(database.url()));
        if (ours.equals(example)) {
            throw new AssertionError("the example names its database otherwise");
        }
        return ours;
    }

    /** What a sealed context changes in it, as the documentation says. */
    private static String sealed(String postgres) {
        return postgres.replaceFirst("  policy: .*", """
                          policy: "(tenant_id = ( SELECT seal.tenant() AS tenant))"
                        """.stripTrailing())
                .replaceFirst("  context: .*", """
                          context:
                            statement: "select seal.enter(?, ?)"
                            secretFile: context.secret
                            setting: app.tenant
                            seal: app.seal
                            keyTables: [seal.key]
                        """.stripTrailing())
                .replaceFirst("  pool: .*", """
                          pool: {begin: "select set_config('app.tenant', '', true), set_config('app.seal', '', true)"}
                        """.stripTrailing())
                .replace("  allow:\n", "  allow:\n    securityDefiners: [seal.enter, seal.of, seal.tenant]\n");
    }

    private void pages() {
        page("/", """
                <a data-document="dpa" href="/dpa">DPA</a>
                <ul><li>Hosting Ltd, Graz, AT</li></ul>
                """);
        page("/dpa", "The agreement");
        page("/pages/self/controls", """
                <table><thead><tr><th>Control</th><th>Posture</th><th>Proof</th><th>Owner</th></tr></thead>
                <tbody><tr data-claim="promise"><td>M1</td><td>proven</td><td><a href="/proof">proof</a></td><td>platform</td></tr></tbody></table>
                """);
        answers.put(
                "/pages/self.json",
                Response.of(
                        200,
                        "{\"claims\": [{\"id\": \"promise\", \"verdict\": \"proven\"}]}",
                        "Content-Type: application/json"));
        page("/proof", "Evidence for promise");
        answers.put(
                "/.well-known/security.txt",
                Response.of(
                        200,
                        TestPostgres.resource("/security-txt/good-least.txt"),
                        "Content-Type: text/plain; charset=utf-8"));
    }

    private void logAndPacket(NoteSigner signer) throws Exception {
        var claim = new dev.averment.evidence.packet.Claim(
                "promise",
                "A sentence.",
                "platform",
                dev.averment.evidence.packet.Verdict.PROVEN,
                "It held.",
                Optional.of(Altered.NOW.minusSeconds(60)),
                Optional.of(Altered.NOW.plus(Duration.ofHours(1))),
                List.of(0L),
                List.of(),
                List.of("Much is not seen."));
        Disclosure promised = new Promises(
                        "public",
                        "Security",
                        "Example",
                        Hash.sha256("page: self".getBytes(StandardCharsets.UTF_8))
                                .hex(),
                        List.of(Promises.Promise.of(
                                claim,
                                Optional.empty(),
                                List.of(new Promises.Check("check", Duration.ofDays(400))),
                                Optional.empty())))
                .disclose(new SecureRandom());
        Leaf revised = Leaf.of(ORIGIN, "page.revised")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0002L))
                .time(Altered.NOW.minusSeconds(90), Altered.NOW.minusSeconds(90))
                .category(Leaf.Category.ADMIN)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "setup")
                .detail(JsonObject.of("page", "self", "revision", 1))
                .disclose(promised)
                .build();
        Leaf leaf = Leaf.of(ORIGIN, "check.observed")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L))
                .time(Altered.NOW.minusSeconds(60), Altered.NOW.minusSeconds(59))
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "collector")
                .target("claim", "promise")
                .detail(JsonObject.of(
                        "page",
                        "self",
                        "revision",
                        1,
                        "claim",
                        "promise",
                        "check",
                        "check",
                        "verdict",
                        "proven",
                        "reason",
                        "It held."))
                .nonce(new byte[16])
                .build();
        database.asSuperuser("insert into shop.tenant values ('" + TENANT + "', 'Keeps a log')");
        database.append(TENANT, 0, leaf.bytes());
        database.append(TENANT, 1, revised.bytes());
        TreeUpdate update = TreeEdge.empty().append(List.of(leaf.hash(), revised.hash()));
        for (TileData tile : update.tiles()) {
            file("/log/" + tile.tile().path(), tile.bytes());
        }
        byte[] checkpoint = new Checkpoint(ORIGIN, 2, update.root()).sign(signer);
        file("/log/checkpoint", checkpoint);
        file(
                "/pages/self/packet.zip",
                PacketWriter.write(
                        new PacketContents(
                                "self",
                                "Security",
                                "Example",
                                "page: self".getBytes(StandardCharsets.UTF_8),
                                Altered.NOW.minusSeconds(30),
                                List.of(claim),
                                Map.of(),
                                checkpoint,
                                1,
                                List.of(
                                        new PacketContents.Entry(0, leaf.bytes(), List.of(revised.hash()), List.of()),
                                        new PacketContents.Entry(
                                                1, revised.bytes(), List.of(leaf.hash()), List.of(promised))),
                                List.of(),
                                Optional.empty()),
                        PacketKeys.under(signer)));
    }

    /** Serves other HTML at {@code path}. */
    void page(String path, String html) {
        answers.put(path, Response.html(html));
    }

    void answer(String path, Response response) {
        answers.put(path, response);
    }

    Response answerAt(String path) {
        return answers.get(path);
    }

    private void file(String path, byte[] bytes) {
        answers.put(path, new Response(200, List.of("Content-Type: application/octet-stream"), bytes));
    }

    private Response answer(Request request) {
        Response response = answers.getOrDefault(request.path(), Response.of(404, ""));
        if (request.method().equals("MALFORMED")) {
            response = Response.of(400, "");
        } else if (request.path().equals("/api/orders") && !answers.containsKey("/api/orders")) {
            response = request.header("cookie").isEmpty()
                    ? Response.of(401, "", "Cache-Control: no-store")
                    : Response.of(200, "[]", "Cache-Control: no-store");
        }
        return response.with("X-Content-Type-Options: nosniff");
    }

    /** Alters a register. */
    void inRegisters(String from, String to) {
        registers = replaced(registers, from, to);
    }

    /** Alters the target file. */
    void inTarget(String from, String to) {
        target = replaced(target, from, to);
    }

    /** Lets the target file speak of a site that is behind the times. */
    void onOldSite() {
        target = target.replace(site.base().toString(), old.base().toString());
    }

    /** Lets the database take connections without TLS. */
    void takesPlainConnections() throws Exception {
        rename("plain_");
    }

    /** Lets the database take clients that show no certificate. */
    void takesTlsWithoutCertificates() throws Exception {
        rename("tls_");
    }

    private void rename(String prefix) throws Exception {
        String before = database.url();
        database.rename(prefix);
        inTarget(before, database.url());
    }

    /** Gives the description the client's key and certificate. */
    void withClientKey() {
        inTarget("{ca: db-ca.pem}", "{ca: db-ca.pem, key: client.p12, keyPasswordFile: client.password}");
    }

    /** Describes the application's pool otherwise. */
    void withPool(String habits) {
        withoutLine("pool");
        inTarget("  transports:", "  pool: " + habits + "\n  transports:");
    }

    /** Takes {@code key} out of the target file, with everything below it. */
    void withoutLine(String key) {
        List<String> kept = new ArrayList<>();
        int depth = -1;
        for (String line : target.lines().toList()) {
            int indent = line.length() - line.stripLeading().length();
            if (depth >= 0 && indent > depth) {
                continue;
            }
            depth = line.strip().startsWith(key + ":") ? indent : -1;
            if (depth < 0) {
                kept.add(line);
            }
        }
        String less = String.join("\n", kept) + "\n";
        if (less.equals(target)) {
            throw new AssertionError("no line " + key + " in\n" + target);
        }
        target = less;
    }

    private static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new AssertionError("no " + from + " in\n" + text);
        }
        return text.replace(from, to);
    }

    /** What the target file describes, read as any user's. */
    Target target() throws Exception {
        Files.writeString(folder.resolve("registers.yaml"), registers);
        TargetFile.Result result = TargetFile.read(
                Files.writeString(folder.resolve("target.yaml"), target), InstantSource.fixed(Altered.NOW));
        return switch (result) {
            case TargetFile.Result.Read(Target read) -> read;
            case TargetFile.Result.Refused(List<TargetFile.Mistake> mistakes) ->
                throw new AssertionError(mistakes + "\n" + target);
        };
    }

    /** The page that the shop publishes. */
    static Page page() {
        return Altered.page(
                List.of(new Claim(
                        "promise",
                        null,
                        "all",
                        Map.of("en", "The data centre is ISO 27001 certified."),
                        Map.of(),
                        "platform",
                        Audience.PUBLIC,
                        List.of(),
                        List.of(Altered.binding("certification-words")),
                        List.of(),
                        null)),
                List.of());
    }

    @Override
    public void close() throws Exception {
        site.close();
        old.close();
        plain.close();
        database.close();
    }
}
