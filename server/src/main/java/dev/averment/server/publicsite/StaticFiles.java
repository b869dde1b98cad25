package dev.averment.server.publicsite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Style, script, fonts and icon, held in memory and addressed by their content: {@code /assets/HASH/site.css}. An
 * address never changes its bytes, so browsers may keep them for ever, and a new build never mixes with an old one.
 */
@Component
public class StaticFiles {

    private static final MediaType WOFF2 = MediaType.parseMediaType("font/woff2");
    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType JS = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    /** Served as they are; the style sheet comes after them, because it names them. */
    private static final List<String> FONTS = List.of(
            "fonts/source-serif-4-latin-wght-normal.woff2",
            "fonts/source-serif-4-latin-ext-wght-normal.woff2",
            "fonts/source-serif-4-latin-400-italic.woff2",
            "fonts/source-sans-3-latin-wght-normal.woff2",
            "fonts/source-sans-3-latin-ext-wght-normal.woff2");

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, Body> bodies = new LinkedHashMap<>();

    public StaticFiles() {
        FONTS.forEach(name -> add(name, read(name), WOFF2));
        add("icon.svg", read("icon.svg"), SVG);
        add("ages.js", read("ages.js"), JS);
        add("live.js", read("live.js"), JS);
        add("console.js", read("console.js"), JS);
        add("console.css", read("console.css"), CSS);
        String css = new String(read("site.css"), StandardCharsets.UTF_8);
        for (String font : FONTS) {
            css = css.replace("url(" + font + ")", "url(" + address(font) + ")");
        }
        add("site.css", css.getBytes(StandardCharsets.UTF_8), CSS);
    }

    private void add(String name, byte[] bytes, MediaType type) {
        Body body = Body.of(bytes, type);
        addresses.put(name, "/assets/" + body.hash() + "/" + name);
        bodies.put("/assets/" + body.hash() + "/" + name, body);
    }

    private static byte[] read(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream("/static/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The build lacks static/" + name + ": package the server module again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file of {@code static/} is served, such as {@code site.css}. */
    public String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("No static file " + name + "; add it to StaticFiles.");
        }
        return address;
    }

    Optional<Body> at(String address) {
        return Optional.ofNullable(bodies.get(address));
    }
}
