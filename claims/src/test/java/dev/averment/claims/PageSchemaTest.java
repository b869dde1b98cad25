package dev.averment.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The published schema and the parser agree on structure. */
class PageSchemaTest {
    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = PageParser.class.getResourceAsStream("page.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
    }

    static Stream<Path> valid() {
        return Corpus.named("valid-").stream();
    }

    /** Structural defects: those that a schema can see. */
    static Stream<Path> structural() {
        return Stream.of(
                        "unknown-key-page",
                        "unknown-key-claim",
                        "unknown-key-check",
                        "unknown-key-selftest",
                        "unknown-key-policy",
                        "unknown-key-section",
                        "unknown-key-exemption",
                        "page-id-missing",
                        "page-id-not-kebab",
                        "claim-id-not-kebab",
                        "claim-id-missing",
                        "section-missing",
                        "sections-missing",
                        "document-without-text",
                        "text-missing",
                        "text-empty",
                        "text-language-unknown",
                        "name-without-digit",
                        "param-name-invalid",
                        "checks-missing",
                        "checks-empty",
                        "check-type-missing",
                        "every-without-unit",
                        "expect-not-mapping",
                        "selftest-verdict-unknown",
                        "selftest-verdict-stale",
                        "selftest-alters-nothing",
                        "exemption-without-end",
                        "exemption-without-reason",
                        "exemption-without-person",
                        "owner-missing",
                        "audience-unknown",
                        "ledger-row-invalid",
                        "map-without-framework",
                        "as-of-missing",
                        "as-of-invalid",
                        "authoritative-missing",
                        "authoritative-invalid",
                        "claims-missing",
                        "claims-empty",
                        "policy-size-without-unit",
                        "policy-hash-unknown",
                        "policy-number-quoted",
                        "policy-time-without-zone",
                        "policy-boolean-word",
                        "policy-transport-unknown",
                        "policy-regions-not-list",
                        "policy-clock-untyped")
                .map(name -> Corpus.DIRECTORY.resolve("invalid-" + name + ".yaml"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void everyValidPagePasses(Path file) {
        assertThat(schema.validate(text(file), InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("structural")
    void everyStructuralDefectFails(Path file) {
        assertThat(schema.validate(text(file), InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void theSchemaListsTheKeysThatTheParserKnows() {
        JsonNode root = schema.getSchemaNode();
        assertThat(keys(root)).isEqualTo(PageParser.KEYS);
        assertThat(keys(root.at("/properties/sections/items"))).isEqualTo(PageParser.SECTION_KEYS);
        assertThat(keys(root.at("/properties/documents/items"))).isEqualTo(PageParser.DOCUMENT_KEYS);
        JsonNode claim = root.at("/$defs/claim");
        assertThat(keys(claim)).isEqualTo(ClaimReader.KEYS);
        assertThat(keys(claim.at("/properties/checks/items"))).isEqualTo(CheckReader.CHECK_KEYS);
        assertThat(keys(claim.at("/properties/selftests/items"))).isEqualTo(CheckReader.SELFTEST_KEYS);
        assertThat(keys(claim.at("/properties/exemption"))).isEqualTo(CheckReader.EXEMPTION_KEYS);
        policy(root.at("/$defs/policy"), PolicySchema.ROOT);
    }

    private static void policy(JsonNode node, PolicySchema.Group group) {
        assertThat(keys(node)).isEqualTo(group.keys().keySet());
        group.keys().forEach((key, rule) -> {
            if (rule instanceof PolicySchema.Group inner) {
                policy(node.at("/properties/" + key), inner);
            }
        });
    }

    private static Set<String> keys(JsonNode object) {
        return Set.copyOf(object.get("properties").propertyNames());
    }

    private static String text(Path file) {
        return new String(Corpus.bytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }
}
