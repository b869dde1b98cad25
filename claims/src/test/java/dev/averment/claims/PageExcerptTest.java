package dev.averment.claims;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader gets the file without the claims that are not for him, and nothing else changes. */
class PageExcerptTest {

    private static final String HEAD = """
            # About the page.
            page: sample
            title: {en: "Security at Sample"}
            authoritative: en
            asOf: 2026-03-01
            sections:
              - {id: all, title: {en: All}}
            """;

    private static String claim(String id, String audience) {
        return """
                  - id: %s
                    section: all
                    text:
                      en: |
                        The sentence of %s.
                    audience: %s
                    owner: operations
                    checks:
                      - {id: drill, type: restore-drill, every: 1d, valid: 26h}
                """.formatted(id, id, audience).indent(2).replaceAll("(?m)^  ", "");
    }

    private static Page parse(String file) {
        PageResult result = PageParser.parse("sample.yaml", file.getBytes(UTF_8));
        assertThat(result).as("%s", result).isInstanceOf(PageResult.Parsed.class);
        return ((PageResult.Parsed) result).page();
    }

    private static String excerpt(String file, Audience reader) {
        return new String(PageExcerpt.of(parse(file), reader).orElseThrow(), UTF_8);
    }

    @Test
    void aFileOfPublicClaimsIsItsOwnExcerpt() {
        String file = HEAD + "claims:\n" + claim("one", "public") + claim("two", "public");
        assertThat(excerpt(file, Audience.PUBLIC)).isEqualTo(file);
    }

    @Test
    void eachReaderGetsTheClaimsUpToHisAudienceWhereverTheyStand() {
        String open = claim("open", "public");
        String packet = claim("for-packets", "packet");
        String internal = claim("secret", "internal");
        String note = "# An excerpt: claims for other readers are left out.\n";
        for (List<String> order : List.of(
                List.of(open, packet, internal), List.of(internal, packet, open), List.of(packet, open, internal))) {
            String file = HEAD + "claims:\n" + String.join("", order);
            assertThat(excerpt(file, Audience.PUBLIC)).isEqualTo(note + HEAD + "claims:\n" + open);
            assertThat(excerpt(file, Audience.PACKET))
                    .isEqualTo(
                            note + HEAD + "claims:\n" + String.join("", order).replace(internal, ""));
            assertThat(excerpt(file, Audience.INTERNAL)).isEqualTo(file);
        }
    }

    @Test
    void whatFollowsTheClaimsStays() {
        String rest = "policy:\n  tls: {min: \"1.3\"}\n";
        String file = HEAD + "claims:\n" + claim("open", "public") + claim("secret", "internal") + rest;
        assertThat(excerpt(file, Audience.PUBLIC))
                .contains("The sentence of open.", rest)
                .doesNotContain("secret");
    }

    @Test
    void commentsAroundACutClaimGoWithIt() {
        String file = HEAD + "claims:\n" + claim("open", "public") + "\n  # the secret plan\n"
                + claim("secret", "internal") + "  # more of the secret plan\n" + claim("last", "public");
        assertThat(excerpt(file, Audience.PUBLIC))
                .contains("# About the page.", "sentence of open", "sentence of last")
                .doesNotContain("secret");
    }

    /** A reader could not be given the rest: said when the page is loaded, not when he asks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "claims: [%s, %s]\n",
                "claims:\n  [%s,\n  %s]\n",
            })
    void claimsThatCannotBeCutApartAreRefused(String shape) {
        String one = "{id: one, section: all, text: \"A sentence.\", owner: a, checks: [{id: c, type: restore-drill}]}";
        String two = one.replace("id: one", "id: two, audience: internal");
        PageResult result = PageParser.parse("sample.yaml", (HEAD + shape.formatted(one, two)).getBytes(UTF_8));
        assertThat(result)
                .isInstanceOfSatisfying(
                        PageResult.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.what()).contains("“two” can't be cut out")));
        assertThat(PageParser.parse(
                        "sample.yaml",
                        (HEAD + shape.formatted(one, two.replace("internal", "public"))).getBytes(UTF_8)))
                .isInstanceOf(PageResult.Parsed.class);
    }

    @Test
    void aPublicClaimThatLeansOnAHiddenOneByAnAliasIsRefused() {
        String secret = claim("secret", "internal").replace("owner: operations", "owner: &who operations");
        String open = claim("open", "public").replace("owner: operations", "owner: *who");
        assertThat(PageParser.parse("sample.yaml", (HEAD + "claims:\n" + secret + open).getBytes(UTF_8)))
                .isInstanceOf(PageResult.Refused.class);
    }

    @Test
    void aPageWithNothingForAReaderHasNoExcerptAndIsFine() {
        Page page = parse(HEAD + "claims:\n" + claim("secret", "internal"));
        assertThat(PageExcerpt.of(page, Audience.PUBLIC)).isEmpty();
        assertThat(PageExcerpt.of(page, Audience.PACKET)).isEmpty();
    }
}
