package dev.averment.evidence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    /** RFC 8785 appendix B: bit pattern and expected text. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0",
        "8000000000000000,0",
        "0000000000000001,5e-324",
        "8000000000000001,-5e-324",
        "7fefffffffffffff,1.7976931348623157e+308",
        "ffefffffffffffff,-1.7976931348623157e+308",
        "4340000000000000,9007199254740992",
        "c340000000000000,-9007199254740992",
        "4430000000000000,295147905179352830000",
        "44b52d02c7e14af5,9.999999999999997e+22",
        "44b52d02c7e14af6,1e+23",
        "44b52d02c7e14af7,1.0000000000000001e+23",
        "444b1ae4d6e2ef4e,999999999999999700000",
        "444b1ae4d6e2ef4f,999999999999999900000",
        "444b1ae4d6e2ef50,1e+21",
        "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d,0.000001",
        "41b3de4355555553,333333333.3333332",
        "41b3de4355555554,333333333.33333325",
        "41b3de4355555555,333333333.3333333",
        "41b3de4355555556,333333333.3333334",
        "41b3de4355555557,333333333.33333343",
        "becbf647612f3696,-0.0000033333333333333333",
        "43143ff3c1cb0959,1424953923781206.2",
    })
    void numbers_are_written_as_ECMAScript_writes_them(String bits, String expected) {
        StringBuilder out = new StringBuilder();
        EcmaNumber.append(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)), out);
        assertThat(out).hasToString(expected);
    }

    @Test
    void the_example_of_RFC_8785_section_3_2_gives_its_canonical_form() throws JsonException {
        String input = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        assertThat(Json.parse(input.getBytes(UTF_8)).toJson())
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void keys_are_sorted_by_UTF_16_unit_not_by_code_point() {
        JsonObject object =
                JsonObject.of("\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "\u00f6", 7);
        assertThat(object.members().keySet())
                .containsExactly("\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{,}",
                "tru",
                "nul",
                "truee",
                "1 2",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "\"\\u12g4\"",
                "\"\\x\"",
                "\"a",
                "\"\\",
                "\"\n\"",
                "01",
                "+1",
                "-",
                ".5",
                "1.",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "1e999",
                "9007199254740993",
                "-9007199254740992",
                "123456789012345678901",
                "'a'",
                "[1}",
                "{\"a\":1]",
                "\ufeff1",
                "1\u00a0",
                "{1:2}",
                "// x\n1",
                "\"\\uff11\\uff1\""
            })
    void what_is_not_strict_JSON_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse(text.getBytes(UTF_8))).isInstanceOf(JsonException.class);
    }

    @Test
    void invalid_UTF_8_is_refused() {
        for (byte[] bad : List.of(
                new byte[] {'"', (byte) 0xff, '"'},
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
            assertThatThrownBy(() -> Json.parse(bad))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("UTF-8");
        }
    }

    @Test
    void nesting_is_bounded_before_the_stack_is() throws JsonException {
        assertThat(Json.parse(("[".repeat(65) + "]".repeat(65)).getBytes(UTF_8)))
                .isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> Json.parse(("[".repeat(66) + "]".repeat(66)).getBytes(UTF_8)))
                .hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000).getBytes(UTF_8)))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void size_is_bounded() {
        assertThatThrownBy(() -> Json.parse("[1,2,3]".getBytes(UTF_8), 6)).hasMessageContaining("over the limit of 6");
    }

    @Test
    void bytes_that_are_valid_but_not_canonical_are_refused_where_bytes_are_hashed() {
        assertThatThrownBy(() -> Json.parseCanonicalObject("{\"b\":1,\"a\":2}".getBytes(UTF_8), 100))
                .hasMessageContaining("canonical");
        assertThatThrownBy(() -> Json.parseCanonicalObject("{\"a\":1.0}".getBytes(UTF_8), 100))
                .hasMessageContaining("canonical");
        assertThatThrownBy(() -> Json.parseCanonicalObject("[]".getBytes(UTF_8), 100))
                .hasMessageContaining("object");
    }

    @Test
    void values_that_canonical_JSON_cannot_hold_are_refused_when_they_are_made() {
        assertThatThrownBy(() -> JsonValue.of(9007199254740993L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonValue.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonValue.of("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonObject.of("\udc00", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonObject.of("a", 1, "a", 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonValue.of(java.time.Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optional_members_are_left_out_and_nulls_are_explicit() {
        assertThat(JsonObject.of("a", null, "b", JsonNull.NULL, "c", Map.of("d", List.of(1, "x"))))
                .hasToString("{\"b\":null,\"c\":{\"d\":[1,\"x\"]}}");
    }

    @Test
    void accessors_refuse_the_wrong_shape_by_name() {
        JsonObject object = JsonObject.of("n", 1.5, "s", "x", "list", List.of("a", 1));
        assertThatThrownBy(() -> object.string("n")).hasMessageContaining("\"n\" must be a string");
        assertThatThrownBy(() -> object.string("gone")).hasMessageContaining("\"gone\" is missing");
        assertThatThrownBy(() -> object.integer("n")).hasMessageContaining("whole number");
        assertThatThrownBy(() -> object.array("list").strings()).hasMessageContaining("item 1");
        assertThatThrownBy(() -> object.requireOnly(java.util.Set.of("n", "s"))).hasMessageContaining("\"list\"");
    }

    @Test
    void pretty_form_parses_back_to_the_same_value() throws JsonException {
        JsonObject object = JsonObject.of("a", List.of(), "b", JsonObject.of("c", List.of(1, 2)), "d", JsonObject.of());
        assertThat(object.toPrettyJson())
                .contains("  \"b\": {\n    \"c\": [\n      1,")
                .endsWith("}\n");
        assertThat(Json.parse(object.toPrettyJson().getBytes(UTF_8))).isEqualTo(object);
    }
}
