package dev.averment.evidence.leaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.merkle.TreeHash;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeafTest {

    private static final Instant TIME = Instant.parse("2026-11-22T13:15:17.123456789Z");

    private static LeafBuilder builder() {
        return Leaf.of("log.example/w/1", "evidence.accepted")
                .id(UUID.fromString("01932f5e-8a00-7abc-8def-0123456789ab"))
                .time(TIME, TIME.plusSeconds(1))
                .category(Leaf.Category.CHANGE)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.USER, "u-1")
                .nonce(new byte[16]);
    }

    @Test
    void a_leaf_is_canonical_JSON_with_all_its_members() throws LeafException {
        Leaf leaf = builder()
                .target("claim", "backup-restore", "7")
                .outcome(Leaf.Result.DENIED, "no role")
                .context(JsonObject.of("request_id", "r-1"))
                .change("aa", null, List.of("title"))
                .detail(JsonObject.of("rpo", "PT11M"))
                .build();
        assertThat(new String(leaf.bytes(), UTF_8))
                .isEqualTo(
                        "{\"action\":\"evidence.accepted\",\"actor\":{\"id\":\"u-1\",\"type\":\"user\"},\"category\":\"change\","
                                + "\"change\":{\"before_sha256\":\"aa\",\"fields\":[\"title\"]},\"context\":{\"request_id\":\"r-1\"},"
                                + "\"crud\":\"c\",\"detail\":{\"rpo\":\"PT11M\"},\"id\":\"01932f5e-8a00-7abc-8def-0123456789ab\","
                                + "\"log\":\"log.example/w/1\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAA\","
                                + "\"outcome\":{\"reason\":\"no role\",\"result\":\"denied\"},\"recorded_at\":\"2026-11-22T13:15:18.123456Z\","
                                + "\"targets\":[{\"id\":\"backup-restore\",\"type\":\"claim\",\"version\":\"7\"}],"
                                + "\"time\":\"2026-11-22T13:15:17.123456Z\",\"v\":1}");
        Leaf back = Leaf.parse(leaf.bytes());
        assertThat(back).isEqualTo(leaf);
        assertThat(back.hash()).isEqualTo(TreeHash.leaf(leaf.bytes()));
        assertThat(back.time()).isEqualTo(Instant.parse("2026-11-22T13:15:17.123456Z"));
        assertThat(back.log()).isEqualTo("log.example/w/1");
        assertThat(back.action()).isEqualTo("evidence.accepted");
        assertThat(back.id()).isEqualTo(UUID.fromString("01932f5e-8a00-7abc-8def-0123456789ab"));
    }

    @Test
    void two_leaves_about_the_same_event_have_different_hashes() {
        assertThat(unnonced().build().hash()).isNotEqualTo(unnonced().build().hash());
    }

    private static LeafBuilder unnonced() {
        return Leaf.of("log.example/w/1", "evidence.accepted")
                .id(UUID.fromString("01932f5e-8a00-7abc-8def-0123456789ab"))
                .time(TIME, TIME)
                .category(Leaf.Category.CHANGE)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v\":1|\"v\":2|version 2",
                "\"v\":1|\"v\":1,\"w\":1|unknown member",
                "01932f5e-8a00-7abc|01932f5e-8a00-4abc|version 7",
                "01932f5e|01932F5E|version 7",
                "\"log\":\"log.example/w/1\"|\"log\":\"\"|name the log",
                "\"action\":\"evidence.accepted\"|\"action\":\"Evidence accepted\"|dotted",
                "\"action\":\"evidence.accepted\"|\"action\":\"accepted\"|dotted",
                "\"category\":\"change\"|\"category\":\"chance\"|unknown category",
                "\"crud\":\"c\"|\"crud\":\"x\"|unknown crud",
                "\"type\":\"user\"|\"type\":\"ghost\"|unknown actor type",
                "{\"id\":\"u-1\",\"type\"|{\"email\":\"a@b\",\"id\":\"u-1\",\"type\"|unknown member",
                "\"result\":\"success\"|\"result\":\"maybe\"|unknown result",
                "13:15:17.123456Z|13:15:17Z|a time is written",
                "13:15:17.123456Z|25:15:17.123456Z|a time is written",
                "\"targets\":[]|\"targets\":[1]|item 0",
                "\"targets\":[]|\"targets\":[{\"id\":\"x\"}]|\"type\" is missing",
                "\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAA\"|\"nonce\":\"AAAA\"|nonce",
                "\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAA\",|''|\"nonce\" is missing",
                "{\"action\"|{\"_sd\":[],\"action\"|_sd",
                "{\"action\"|{\"_sd\":[\"AAAA\"],\"action\"|_sd",
                "\"v\":1|\"v\": 1|canonical"
            })
    void what_is_not_a_leaf_is_refused(String what, String with, String reason) {
        String json = new String(builder().build().bytes(), UTF_8);
        assertThat(json).contains(what);
        byte[] altered = json.replace(what, with).getBytes(UTF_8);
        assertThatThrownBy(() -> Leaf.parse(altered))
                .isInstanceOf(LeafException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_builder_makes_no_leaf_that_a_reader_would_refuse() {
        assertThatThrownBy(() -> Leaf.of("log", "a.b").build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder().id(UUID.randomUUID()).build()).hasMessageContaining("version 7");
        assertThatThrownBy(() -> builder().nonce(new byte[15])).hasMessageContaining("16 bytes");
    }

    @Test
    void a_leaf_of_exactly_the_limit_fits_and_one_byte_more_does_not() {
        int rest = builder().detail(JsonObject.of("x", "")).build().bytes().length;
        Leaf full = builder()
                .detail(JsonObject.of("x", "y".repeat(Leaf.MAX_BYTES - rest)))
                .build();
        assertThat(full.bytes()).hasSize(65_535);
        assertThatThrownBy(() -> builder()
                        .detail(JsonObject.of("x", "y".repeat(Leaf.MAX_BYTES - rest + 1)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over the limit of 65535");
    }

    @Test
    void a_disclosure_belongs_to_the_leaf_that_commits_to_it_and_to_no_other_value() throws LeafException {
        Disclosure name = Disclosure.make("/actor/name", new JsonString("Ada"), new SecureRandom());
        Disclosure mail = Disclosure.make("/actor/email", new JsonString("ada@example.com"), new SecureRandom());
        Leaf leaf = builder().disclose(name).disclose(mail).build();
        assertThat(new String(leaf.bytes(), UTF_8)).doesNotContain("Ada").doesNotContain("ada@");
        assertThat(leaf.disclosureDigests()).hasSize(2).isSorted();
        assertThat(name.belongsTo(leaf)).isTrue();
        assertThat(Disclosure.parse(name.encoded())).isEqualTo(name);
        assertThat(new Disclosure(name.salt(), "/actor/name", new JsonString("Eve")).belongsTo(leaf))
                .isFalse();
        assertThat(new Disclosure(name.salt(), "/actor/nick", name.value()).belongsTo(leaf))
                .isFalse();
        assertThat(new Disclosure(mail.salt(), name.path(), name.value()).belongsTo(leaf))
                .isFalse();
    }

    /** Computed by hand from the definition: printf '["AAECAwQFBgcICQoLDA0ODw","/a",1]' | base64url | sha256 | base64url. */
    @Test
    void a_disclosure_has_the_digest_of_its_definition() {
        Disclosure disclosure =
                new Disclosure("AAECAwQFBgcICQoLDA0ODw", "/a", dev.averment.evidence.json.JsonValue.of(1));
        assertThat(new String(Base64.getUrlDecoder().decode(disclosure.encoded()), UTF_8))
                .isEqualTo("[\"AAECAwQFBgcICQoLDA0ODw\",\"/a\",1]");
        assertThat(disclosure.digest()).isEqualTo("YZ9BLT9daIPKALGqjb4NtGRJNGYNv9--wPGMLYF8HVQ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!!", "W10", "WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3IiwiL2EiLDFd=", "WzEsMiwzXQ", "bnVsbA"})
    void what_is_no_disclosure_is_refused(String encoded) {
        assertThatThrownBy(() -> Disclosure.parse(encoded)).isInstanceOf(LeafException.class);
    }

    @Test
    void bundles_read_back_and_damaged_ones_are_refused() throws LeafException {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            entries.add(new byte[i * 257 % 65_536]);
        }
        byte[] bundle = EntryBundle.encode(entries);
        assertThat(EntryBundle.decode(bundle, 256)).hasSize(256).element(255).isEqualTo(entries.get(255));
        assertThat(EntryBundle.decode(bundle, 3)).hasSize(3);
        assertThatThrownBy(() -> EntryBundle.decode(java.util.Arrays.copyOf(bundle, bundle.length - 1), 256))
                .isInstanceOf(LeafException.class);
        assertThatThrownBy(() -> EntryBundle.decode(java.util.Arrays.copyOf(bundle, bundle.length + 1), 256))
                .hasMessageContaining("follows the last entry");
        assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0}, 1)).hasMessageContaining("ends after 0 of 1");
        assertThatThrownBy(() -> EntryBundle.encode(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void damaged_leaves_are_refused_or_are_leaves_and_nothing_else_happens(@ForAll int at, @ForAll byte with)
            throws Exception {
        byte[] bytes = builder().build().bytes();
        bytes[Math.floorMod(at, bytes.length)] = with;
        try {
            assertThat(Leaf.parse(bytes).json()).isEqualTo(Json.parse(bytes));
        } catch (LeafException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
