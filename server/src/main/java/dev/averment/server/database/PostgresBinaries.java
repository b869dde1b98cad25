package dev.averment.server.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the class path into the user's cache. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Folder that holds {@code bin/postgres}, unpacked if it isn't there yet. */
    static Path unpacked() throws StartException {
        String resource = "/postgres-" + platform() + ".txz";
        try {
            Path home = cacheFolder().resolve("postgres-" + digest(resource).substring(0, 16));
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpack(resource, home);
            }
            return home;
        } catch (IOException e) {
            throw new StartException(
                    "PostgreSQL's programs can't be unpacked: " + e.getMessage()
                            + ". Free some space in " + cacheFolder() + ", or point the server at a database of your"
                            + " own with --database FILE.",
                    e);
        }
    }

    private static String platform() throws StartException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        if (os.contains("linux") && arch.equals("amd64")) {
            return "linux-x86_64";
        }
        if (os.contains("linux") && arch.equals("aarch64")) {
            return "linux-arm_64";
        }
        throw new StartException("There is no built-in PostgreSQL for " + os + " on " + arch
                + ". Point the server at a database of your own with --database FILE.");
    }

    private static Path cacheFolder() {
        return UserFolders.cache(System.getenv());
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException(resource + " is missing from this build");
        }
        return in;
    }

    private static String digest(String resource) throws IOException {
        try (InputStream in = open(resource);
                var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(String resource, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(resource))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path to = fresh.resolve(entry.getName()).normalize();
                if (!to.startsWith(fresh)) {
                    throw new IOException("the archive names a path outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(to.getParent());
                    Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(tar, to);
                    if ((entry.getMode() & 0100) != 0) {
                        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(to));
                        mode.add(PosixFilePermission.OWNER_EXECUTE);
                        mode.add(PosixFilePermission.GROUP_EXECUTE);
                        mode.add(PosixFilePermission.OTHERS_EXECUTE);
                        Files.setPosixFilePermissions(to, mode);
                    }
                }
            }
        }
        Files.setPosixFilePermissions(fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            discard(fresh, home, e);
        } catch (FileSystemException e) {
            // Linux reports a non-empty target as a plain file system error: another process was faster.
            discard(fresh, home, e);
        }
    }

    private static void discard(Path fresh, Path home, IOException cause) throws IOException {
        if (!Files.isExecutable(home.resolve("bin/postgres"))) {
            throw cause;
        }
        Folders.delete(fresh);
    }
}
