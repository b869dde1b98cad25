package dev.averment.server.limits;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the Redis is that servers share, and how one gets in.
 *
 * @param host         named in the certificate that it shows
 * @param port         on which it takes TLS
 * @param user         of its access list; empty for its default user
 * @param passwordFile holds the password alone, and is read at each new connection: a replaced file counts from then on
 * @param authority    PEM file of the certificates that are trusted; empty for those of the Java runtime
 */
public record RedisAddress(String host, int port, Optional<String> user, Path passwordFile, Optional<Path> authority) {
    private static final int USUAL_PORT = 6379;
    private static final List<String> LINES = List.of("url", "user", "passwordFile", "authorityFile");

    /**
     * Reads a properties file: {@code url} ({@code rediss://HOST:PORT}), {@code passwordFile}, and where needed {@code user}
     * and {@code authorityFile}. Relative names count from the file's folder.
     *
     * @throws IOException with a message for whoever wrote the file
     */
    public static RedisAddress read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "The Redis file " + file + (Files.exists(file) ? " can't be read" : " is not there")
                            + ". Give --redis a properties file with url and passwordFile.",
                    e);
        }
        for (String name : properties.stringPropertyNames()) {
            if (!LINES.contains(name)) {
                throw new IOException("The Redis file " + file + " has a line " + name + "=, which says nothing here;"
                        + " its lines are " + String.join(", ", LINES) + ".");
            }
        }
        URI url = url(needed(properties, "url", file), file);
        Path password = named(needed(properties, "passwordFile", file), "passwordFile", file);
        Optional<Path> authority = Optional.empty();
        if (properties.containsKey("authorityFile")) {
            authority = Optional.of(named(needed(properties, "authorityFile", file), "authorityFile", file));
        }
        return new RedisAddress(
                url.getHost(),
                url.getPort() < 0 ? USUAL_PORT : url.getPort(),
                Optional.ofNullable(properties.getProperty("user")).map(String::strip),
                password,
                authority);
    }

    private static URI url(String text, Path file) throws IOException {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            // The text may hold a password in the wrong place, and is not repeated.
            throw new IOException("The url in " + file + " is no address; write rediss://HOST:PORT.");
        }
        boolean bare = url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && (url.getRawPath() == null
                        || url.getRawPath().isEmpty()
                        || url.getRawPath().equals("/"));
        if (!"rediss".equals(url.getScheme()) || url.getHost() == null || !bare) {
            throw new IOException(
                    "The url in " + file + " must be rediss://HOST:PORT, with two s and nothing else in it:"
                            + " a connection without TLS can be read by others, and the password belongs into the file that"
                            + " passwordFile= names.");
        }
        return url;
    }

    private static Path named(String name, String line, Path file) throws IOException {
        Path found = file.resolveSibling(name);
        if (!Files.isReadable(found)) {
            throw new IOException("The file " + found + " is not there or can't be read. The line " + line + "= in "
                    + file + " names it; a relative name counts from the folder of " + file + ".");
        }
        return found.toAbsolutePath();
    }

    private static String needed(Properties properties, String name, Path file) throws IOException {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IOException("The Redis file " + file + " lacks the line " + name + "=…");
        }
        return value.strip();
    }
}
