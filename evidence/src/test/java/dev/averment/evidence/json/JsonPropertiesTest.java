package dev.averment.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPropertiesTest {

    @Property(tries = 500)
    void every_value_reads_back_equal_and_writes_the_same_bytes(@ForAll("values") JsonValue value)
            throws JsonException {
        byte[] bytes = value.canonical();
        JsonValue back = Json.parse(bytes);
        assertThat(back).isEqualTo(value);
        assertThat(back.canonical()).isEqualTo(bytes);
    }

    @Property(tries = 2000)
    void every_finite_double_reads_back_from_its_shortest_text(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            StringBuilder out = new StringBuilder();
            EcmaNumber.append(value, out);
            assertThat(Double.parseDouble(out.toString())).isEqualTo(value == 0 ? 0.0 : value);
            assertThat(out.toString()
                            .replaceAll("e.*|[-.]", "")
                            .replaceAll("^0+|0+$", "")
                            .length())
                    .isLessThanOrEqualTo(17);
        }
    }

    @Property(tries = 1000)
    void damaged_documents_are_read_or_refused_and_never_break_the_reader(
            @ForAll("values") JsonValue value, @ForAll int position, @ForAll byte with) {
        byte[] bytes = value.canonical();
        bytes[Math.floorMod(position, bytes.length)] = with;
        try {
            JsonValue read = Json.parse(bytes);
            assertThat(Json.parse(read.canonical())).isEqualTo(read);
        } catch (JsonException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 500)
    void a_document_cut_short_is_refused(@ForAll("values") JsonValue value, @ForAll int length) {
        byte[] bytes = JsonObject.of("v", value).canonical();
        byte[] cut = Arrays.copyOf(bytes, Math.floorMod(length, bytes.length));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Json.parse(cut))
                .isInstanceOf(JsonException.class);
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return nested(3);
    }

    private static Arbitrary<JsonValue> nested(int depth) {
        Arbitrary<String> text =
                Arbitraries.strings().all().ofMaxLength(12).filter(s -> JsonString.firstLoneSurrogate(s) < 0);
        Arbitrary<JsonValue> scalar = Arbitraries.oneOf(
                text.map(JsonString::new),
                Arbitraries.longs()
                        .between(-JsonNumber.MAX_SAFE_INTEGER, JsonNumber.MAX_SAFE_INTEGER)
                        .map(JsonNumber::of),
                Arbitraries.longs()
                        .map(Double::longBitsToDouble)
                        .filter(JsonNumber::isCarried)
                        .map(JsonNumber::new),
                Arbitraries.of(JsonBoolean.values()),
                Arbitraries.of(JsonNull.values()));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<JsonValue> inner = nested(depth - 1);
        return Arbitraries.oneOf(
                scalar,
                inner.list().ofMaxSize(4).map(JsonArray::new),
                Arbitraries.maps(text, inner).ofMaxSize(4).map(JsonValue::of));
    }
}
