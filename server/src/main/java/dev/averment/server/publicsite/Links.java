package dev.averment.server.publicsite;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * Addresses within one page's part of the site, path-absolute: cached bytes must not depend on the Host header, which
 * whoever sends the first request could choose. Where a whole address is needed, it is the configured one.
 *
 * @param page     id of the page
 * @param language appended as {@code ?lang=} when the reader chose it by hand, so that the choice sticks; else empty
 */
public record Links(String page, String language) {

    private String at(String below) {
        return root() + below + (language.isEmpty() ? "" : "?lang=" + language);
    }

    private String root() {
        return "/pages/" + segment(page);
    }

    static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }

    public String document() {
        return at("");
    }

    public String controls() {
        return at("/controls");
    }

    public String history() {
        return at("/history");
    }

    public String subProcessors() {
        return at("/sub-processors");
    }

    public String text(String document) {
        return at("/documents/" + segment(document));
    }

    public String claim(String claim) {
        return at("/claims/" + segment(claim));
    }

    public String check(String claim, String check) {
        return at("/claims/" + segment(claim)) + "#check-" + check;
    }

    public String leaf(String claim, String check) {
        return root() + "/claims/" + segment(claim) + "/checks/" + segment(check) + "/leaf.json";
    }

    public String proof(String claim, String check) {
        return root() + "/claims/" + segment(claim) + "/checks/" + segment(check) + "/proof.tlog-proof";
    }

    public String revision(int number) {
        return root() + "/revisions/" + number + ".yaml";
    }

    public String packet() {
        return root() + "/packet.zip";
    }

    public String json() {
        return root() + ".json";
    }

    public String feed() {
        return root() + "/feed.atom";
    }

    public String badge() {
        return root() + "/badge.svg";
    }
}
