package dev.averment.server.telemetry;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Another system that takes the log's lines in, by syslog over TLS (RFC 5425).
 *
 * @param host      named in the certificate that it shows
 * @param port      on which it takes TLS
 * @param authority PEM file of the certificates that are trusted; empty for those of the Java runtime
 */
public record LogReceiver(String host, int port, Optional<Path> authority) {
    /** RFC 5425 §4.1. */
    private static final int USUAL_PORT = 6514;

    private static final List<String> LINES = List.of("host", "port", "authorityFile");
    private static final Set<PosixFilePermission> ITS_OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * Reads a properties file: {@code host}, and where needed {@code port} and {@code authorityFile}, relative to the file. It
     * says where everything that the server notices goes, so nobody but its owner may have any right to it.
     *
     * @throws IOException with a message for whoever wrote the file
     */
    public static LogReceiver read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(
                    "The file " + file + " is not there or can't be read. Give --log-sink a properties file"
                            + " with host, and where needed port and authorityFile.");
        }
        if (!ITS_OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("Others than its owner may do something with " + file
                    + ", which says where the log goes. Take that away: chmod 600 " + file + ".");
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException("The file " + file + " is no properties file: " + e.getMessage() + ".", e);
        }
        for (String name : properties.stringPropertyNames()) {
            if (!LINES.contains(name)) {
                throw new IOException("The file " + file + " has a line " + name
                        + "=, which says nothing here; its lines" + " are " + String.join(", ", LINES) + ".");
            }
        }
        String host = properties.getProperty("host", "").strip();
        if (!host.matches("[A-Za-z0-9.:-]{1,253}")) {
            throw new IOException("The file " + file + " lacks a line host= with the name of the log's receiver.");
        }
        Optional<Path> authority = Optional.ofNullable(properties.getProperty("authorityFile"))
                .map(name -> file.resolveSibling(name.strip()));
        if (authority.isPresent() && !Files.isReadable(authority.get())) {
            throw new IOException("The file " + authority.get() + ", which authorityFile= in " + file
                    + " names, is not there or can't be read.");
        }
        return new LogReceiver(host, port(properties.getProperty("port", "" + USUAL_PORT), file), authority);
    }

    private static int port(String text, Path file) throws IOException {
        if (text.strip().matches("\\d{1,5}")) {
            int port = Integer.parseInt(text.strip());
            if (port > 0 && port < 65_536) {
                return port;
            }
        }
        throw new IOException("The line port= in " + file + " is no port; write 1 to 65535.");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
