package dev.averment.server.outbound;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The server that takes the operator's mail. There is no way without TLS: mail holds links that sign people in.
 *
 * @param host         named in the certificate that it shows
 * @param starttls     whether TLS begins after a plain greeting (port 587) and not at once (port 465)
 * @param from         the address that mail comes from
 * @param user         empty where the relay asks for none
 * @param passwordFile holds the password alone, and is read at each message: a replaced file counts from then on
 * @param authority    PEM file of the certificates that are trusted; empty for those of the Java runtime
 */
public record MailRelay(
        String host,
        int port,
        boolean starttls,
        String from,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<Path> authority) {
    private static final List<String> LINES =
            List.of("host", "port", "tls", "from", "user", "passwordFile", "authorityFile");

    /**
     * Reads a properties file that its owner alone may read: {@code host}, {@code from}, and where needed {@code tls}
     * ({@code starttls}, which it is when nothing is said, or {@code always}), {@code port}, {@code user} with
     * {@code passwordFile}, and {@code authorityFile}. Relative names count from the file's folder.
     *
     * @throws IOException with a message for whoever wrote the file
     */
    public static MailRelay read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "The mail file " + file + (Files.exists(file) ? " can't be read" : " is not there")
                            + ". Give --mail a properties file with host and from.",
                    e);
        }
        requirePrivate(file);
        for (String name : properties.stringPropertyNames()) {
            if (!LINES.contains(name)) {
                throw new IOException("The mail file " + file + " has a line " + name + "=, which says nothing here;"
                        + " its lines are " + String.join(", ", LINES) + ".");
            }
        }
        String tls = Optional.ofNullable(properties.getProperty("tls"))
                .orElse("starttls")
                .strip();
        if (!tls.equals("starttls") && !tls.equals("always")) {
            throw new IOException("The line tls= in " + file + " is starttls or always: mail never goes without.");
        }
        boolean starttls = tls.equals("starttls");
        Optional<String> user =
                Optional.ofNullable(properties.getProperty("user")).map(String::strip);
        Optional<Path> password = named(properties, "passwordFile", file);
        if (user.isPresent() != password.isPresent()) {
            throw new IOException(
                    "The mail file " + file + " has one of user= and passwordFile= and needs both or none.");
        }
        if (password.isPresent()) {
            requirePrivate(password.get());
        }
        String from = needed(properties, "from", file);
        if (!from.matches("[!-~&&[^<>\",;]]{1,64}@[A-Za-z0-9.-]{1,185}")) {
            throw new IOException("The line from= in " + file + " is no mail address; write averment@example.org.");
        }
        return new MailRelay(
                needed(properties, "host", file),
                port(properties, starttls, file),
                starttls,
                from,
                user,
                password,
                named(properties, "authorityFile", file));
    }

    private static int port(Properties properties, boolean starttls, Path file) throws IOException {
        String port = properties.getProperty("port", starttls ? "587" : "465").strip();
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IOException("The line port= in " + file + " is a number from 1 to 65535.");
        }
        return Integer.parseInt(port);
    }

    /** Where files have owners and modes at all. */
    private static void requirePrivate(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, new LinkOption[0]);
        if (mode.stream().anyMatch(p -> !p.name().startsWith("OWNER_"))) {
            throw new IOException("Others can read " + file + " (" + PosixFilePermissions.toString(mode)
                    + "). Make it its owner's alone: chmod 600 " + file);
        }
    }

    private static Optional<Path> named(Properties properties, String line, Path file) throws IOException {
        String name = properties.getProperty(line);
        if (name == null) {
            return Optional.empty();
        }
        Path found = file.resolveSibling(name.strip());
        if (!Files.isReadable(found)) {
            throw new IOException("The file " + found + " is not there or can't be read. The line " + line + "= in "
                    + file + " names it; a relative name counts from the folder of " + file + ".");
        }
        return Optional.of(found.toAbsolutePath());
    }

    private static String needed(Properties properties, String name, Path file) throws IOException {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IOException("The mail file " + file + " lacks the line " + name + "=…");
        }
        return value.strip();
    }
}
