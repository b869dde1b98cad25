package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFileTest {
    private static final String WHOLE = """
            target: shop
            web:
              base: https://shop.example
              ca: ca.pem
              plain: http://shop.example
              paths:
                - /
                - GET /api/orders signed-in
                - POST /api/orders signed-in
              signedIn: {headersFile: session.txt}
            postgres:
              url: jdbc:postgresql://db.example/shop
              user: shop_app
              passwordFile: app.password
              probe: {user: shop_probe, passwordFile: app.password}
              tenantColumn: tenant_id
              policy: "(tenant_id = current_tenant())"
              context: {statement: "select set_config('app.tenant', ?, true)"}
              canaries: {a: 00000000-0000-0000-0000-00000000000a, b: 00000000-0000-0000-0000-00000000000b}
              allow: {globalTables: [public.countries], unauditedSchemas: [old]}
            registers: {file: registers.yaml}
            log:
              workspace: 00000000-0000-0000-0000-00000000000a
              origin: shop.example/log
              base: https://shop.example/log/
              vkey: shop.example/log+00000000+AAAA
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws Exception {
        Files.write(folder.resolve("ca.pem"), TestAuthority.create().pem());
        Files.writeString(folder.resolve("session.txt"), "Cookie: session=s3cret-value\n");
        Files.write(folder.resolve("huge.pem"), new byte[1_000_001]);
        Files.writeString(folder.resolve("deep.yaml"), "[".repeat(100_000));
        Files.writeString(folder.resolve("app.password"), "s3cret-value\n");
        Files.writeString(folder.resolve("registers.yaml"), """
                registers:
                  certificates:
                    - {id: dc, title: Data centre, owner: operations, dated: 2026-03-01, expires: 2027-03-01, status: done, details: {scope: all}}
                    - {id: bare, title: Without owner}
                """);
    }

    @Test
    void a_whole_file_gives_every_facility() throws Exception {
        Target target = read(WHOLE);

        assertThat(target.name()).isEqualTo("shop");
        Web web = target.require(Web.class);
        assertThat(web.base().toString()).isEqualTo("https://shop.example");
        assertThat(web.routes())
                .containsExactly(
                        new Web.Route("GET", "/", false),
                        new Web.Route("GET", "/api/orders", true),
                        new Web.Route("POST", "/api/orders", true));
        assertThat(web.signedIn()).isEqualTo(Map.of("Cookie", "session=s3cret-value"));
        Database database = target.require(Database.class);
        assertThat(database.runtimeRole()).isEqualTo("shop_app");
        assertThat(database.allowances().globalTables()).containsExactly("public.countries");
        assertThat(target.require(EvidenceLog.class).origin()).isEqualTo("shop.example/log");
        List<Registers.Entry> entries = target.require(Registers.class).entries("certificates");
        assertThat(entries.getFirst().expires()).isEqualTo(LocalDate.of(2027, 3, 1));
        assertThat(entries.get(1).owner()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | base: https://shop.example | base: http://shop.example | must be an https address",
                "3 | base: https://shop.example | base: shop | web.base must be an address",
                "3 | base: https://shop.example | base: https://shop.example/path | scheme, host and port only",
                "4 | ca: ca.pem | ca: gone.pem | can't be read",
                "4 | ca: ca.pem | ca: /dev/zero | is no plain file",
                "4 | ca: ca.pem | ca: huge.pem | is longer than 1 MB",
                "14 | passwordFile: app.password | passwordFile: /dev/zero | is no plain file",
                "14 | passwordFile: app.password | passwordFile: huge.pem | is longer than 1 MB",
                "10 | session.txt | /dev/zero | is no plain file",
                "20 | unauditedSchemas: [old] | auditedSchemas: [public] | take auditedSchemas out",
                "20 | unauditedSchemas: [old] | reviewed: {functions: [f]} | is no reviewed function",
                "21 | registers.yaml | /dev/zero | is no plain file",
                "21 | registers.yaml | huge.pem | is longer than 1 MB",
                "21 | registers.yaml | deep.yaml | nested deeper than 32",
                "4 | ca: ca.pem | certificate: ca.pem | web.certificate is not known here",
                "6 | - / | - orders | is no route",
                "10 | session.txt | app.password | is no header",
                "12 | //db.example | //shop_app:hunter2@db.example | must hold no login",
                "12 | db.example/shop | db.example/shop?password=hunter2 | must hold no login",
                "14 | passwordFile: app.password | password: hunter2 | must not stand in this file",
                "15 | app.password} | gone} | can't be read",
                "18 | ?, true | null, true | must have one ?",
                "19 | 00000000000b} | 00000000000a} | must be different tenants",
                "19 | a: 00000000-0000-0000-0000-00000000000a | a: first | postgres.canaries.a must be a UUID",
                "21 | registers.yaml | gone.yaml | can't be read",
                "1 | target: shop | target: [shop] | target must be a single value",
                "22 | log: | postgres: | postgres is given twice",
                "24 | origin: shop.example/log | origin: | log.origin is empty",
            })
    void a_mistake_is_named_with_its_line(int line, String from, String to, String message) throws Exception {
        List<TargetFile.Mistake> mistakes = refused(WHOLE.replaceFirst(java.util.regex.Pattern.quote(from), to));

        assertThat(mistakes).anySatisfy(mistake -> {
            assertThat(mistake.line()).isEqualTo(line);
            assertThat(mistake.message()).contains(message);
        });
        assertThat(mistakes.toString()).doesNotContain("hunter2").doesNotContain("s3cret-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "- ", "{a: ", "a:\n "})
    void a_file_that_is_nested_without_end_is_refused_with_a_line(String opening) throws Exception {
        String text = opening.equals("a:\n ") ? indented() : opening.repeat(50_000);

        assertThat(refused("target: shop\nweb: " + (opening.startsWith("a") || opening.startsWith("-") ? "\n  " : "")
                        + text))
                .singleElement()
                .satisfies(mistake -> {
                    assertThat(mistake.line()).isPositive();
                    assertThat(mistake.message()).contains("nested deeper than 32");
                });
    }

    private static String indented() {
        StringBuilder text = new StringBuilder("a:");
        for (int i = 3; i < 600; i++) {
            text.append('\n').append(" ".repeat(i)).append("a:");
        }
        return text.toString();
    }

    @Test
    void a_target_file_without_end_is_not_read() {
        assertThat(TargetFile.read(Path.of("/dev/zero")))
                .isInstanceOfSatisfying(
                        TargetFile.Result.Refused.class,
                        refused -> assertThat(refused.mistakes().toString()).contains("is no plain file"));
    }

    private static final String DATABASE = """
            postgres:
              url: jdbc:postgresql://db.example/shop?sslmode=verify-full
              tls: {ca: ca.pem, certificate: ca.pem, key: ca.pem, keyPasswordFile: app.password}
              user: shop_app
              passwordFile: app.password
              tenantColumn: tenant_id
              policy: "(tenant_id = current_tenant())"
              context:
                statement: "select enter(?, ?)"
                secretFile: app.password
                setting: app.tenant
                seal: app.seal
                keyTables: [seal.key]
              canaries: {a: 00000000-0000-0000-0000-00000000000a, b: 00000000-0000-0000-0000-00000000000b}
              pool: {begin: "select set_config('app.tenant', '', true)", end: discard all}
              audit:
                written: "select id from audit.change where relation = ?"
                present: "select 1 from audit.change where id = ?"
              transports: {plain: true}
            log:
              workspace: 00000000-0000-0000-0000-00000000000a
              origin: shop.example/log
              base: https://shop.example/log/
              vkey: shop.example/log+00000000+AAAA
              entries: {statement: "select sequence, body from entry where sequence >= ? and sequence < ?"}
            """;

    @Test
    void a_database_may_say_all_that_its_checks_ask_for() throws Exception {
        Target target = read(DATABASE);

        Database database = target.require(Database.class);
        assertThat(database.contextSettings())
                .contains(new Database.ContextSettings("app.tenant", Optional.of("app.seal"), Set.of("seal.key")));
        assertThat(database.pool()).isPresent();
        assertThat(database.auditTrail()).isPresent();
        assertThat(database.transports()).isPresent();
        assertThat(target.require(EvidenceLog.class).entries()).isPresent();
    }

    @Test
    void what_a_database_does_not_say_is_not_made_up() throws Exception {
        Database database = read(WHOLE).require(Database.class);

        assertThat(database.contextSettings()).isEmpty();
        assertThat(database.pool()).isEmpty();
        assertThat(database.auditTrail()).isEmpty();
        assertThat(database.transports()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | ?sslmode=verify-full | ?sslpassword=hunter2 | must hold no login",
                "2 | ?sslmode=verify-full | ?sslmode=%zz | encoded as in a URL",
                "3 | ?sslmode=verify-full | ?sslcert=client.pem | names TLS files already",
                "2 | jdbc:postgresql: | jdbc:mysql: | must begin with jdbc:postgresql:",
                "3 | ca: ca.pem, | ca: gone.pem, | can't be read",
                "3 | key: ca.pem, |  | give key, too",
                "3 | certificate: ca.pem, |  | give certificate, too",
                "3 | keyPasswordFile: app.password | keyPassword: hunter2 | postgres.tls.keyPassword is not known here",
                "9 | enter(?, ?) | enter(?) | must have two ?",
                "9 | enter(?, ?) | enter(?, ?, ?) | must have two ?",
                "10 | secretFile: app.password | secretFile: gone | can't be read",
                "11 | setting: app.tenant | setting: app.tenant' | must be the name of a setting",
                "11 | setting: app.tenant | setting: search_path | must be the name of a setting",
                "12 | setting: app.tenant | # | give setting, too",
                "12 | seal: app.seal | seal: app.seal, true | must be the name of a setting",
                "15 | end: discard all | after: discard all | postgres.pool.after is not known here",
                "17 | relation = ? | relation = 'x' | must have one ?, for the table's name",
                "18 | where id = ? | where id = ? and ? | must have one ?, for the record's id",
                "17 | present: | presents: | postgres.audit lacks present",
                "19 | plain: true | plain: false | must be true",
                "19 | {plain: true} | {tls: true} | postgres.transports lacks plain",
                "23 | https://shop.example/log/ | https://me:hunter2@shop.example/log/ | must hold no login",
                "25 | and sequence < ? | | must have two ?",
                "25 | {statement: | {statements: | log.entries lacks statement",
                "25 | postgres: | database: | describe it under postgres",
            })
    void a_mistake_in_what_a_database_says_is_named_with_its_line(int line, String from, String to, String message)
            throws Exception {
        List<TargetFile.Mistake> mistakes =
                refused(DATABASE.replaceFirst(java.util.regex.Pattern.quote(from), to == null ? "" : to));

        assertThat(mistakes).anySatisfy(mistake -> {
            assertThat(mistake.message()).contains(message);
            assertThat(mistake.line()).isEqualTo(line);
        });
        assertThat(mistakes.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "base: https://shop.example, base: https://me:hunter2@shop.example",
        "plain: http://shop.example, plain: http://me:hunter2@shop.example"
    })
    void a_login_in_an_address_is_refused_and_not_repeated(String from, String to) throws Exception {
        List<TargetFile.Mistake> mistakes = refused(WHOLE.replaceFirst(from, to));

        assertThat(mistakes).anySatisfy(mistake -> assertThat(mistake.message()).contains("must hold no login"));
        assertThat(mistakes.toString()).doesNotContain("hunter2");
    }

    @Test
    void every_mistake_is_named_at_once() throws Exception {
        assertThat(refused("web: {base: nowhere}\npostgres: {}\nsurprise: 1\n")).hasSizeGreaterThan(5);
    }

    @Test
    void what_is_no_yaml_is_refused_with_the_line() throws Exception {
        assertThat(refused("target: shop\nweb: {base: [\n").getFirst().line()).isPositive();
        assertThat(refused("").getFirst().message()).contains("empty");
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        assertThat(TargetFile.read(folder.resolve("gone.yaml"))).isInstanceOf(TargetFile.Result.Refused.class);
    }

    @Test
    void a_register_that_breaks_later_is_told_when_it_is_read() throws Exception {
        Registers registers = read(WHOLE).require(Registers.class);
        Files.writeString(
                folder.resolve("registers.yaml"), "registers:\n  certificates:\n    - {id: dc, dated: soon}\n");

        assertThatThrownBy(() -> registers.entries("certificates"))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("line 3");
    }

    private Target read(String text) throws Exception {
        TargetFile.Result result = TargetFile.read(Files.writeString(folder.resolve("target.yaml"), text));
        assertThat(result).isInstanceOf(TargetFile.Result.Read.class);
        return ((TargetFile.Result.Read) result).target();
    }

    private List<TargetFile.Mistake> refused(String text) throws Exception {
        TargetFile.Result result = TargetFile.read(Files.writeString(folder.resolve("target.yaml"), text));
        assertThat(result).isInstanceOf(TargetFile.Result.Refused.class);
        return ((TargetFile.Result.Refused) result).mistakes();
    }
}
