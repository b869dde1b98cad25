package dev.averment.server.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one server keeps, in one folder that only its user can read.
 *
 * <p>{@code VERSION} says the folder's format, {@code lock} refuses a second server, {@code secrets/} holds one value a
 * file, {@code tls/} the local authority, {@code postgres/} the cluster, {@code published/} the checkpoints that went
 * out, {@code run/} what is true while the server runs.
 */
public final class DataFolder implements AutoCloseable {
    /** Format of the folder itself; the database's own version is the migrations' business. */
    static final String VERSION = "1";

    private static final long LEAST_FREE_BYTES = 256L << 20;

    private final Path root;
    private final @Nullable FileChannel lockChannel;

    private DataFolder(Path root, @Nullable FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /** Opens or makes the folder and locks it for this process. */
    public static DataFolder open(Path root) throws StartException {
        return open(root, LEAST_FREE_BYTES);
    }

    /** @param leastFree bytes that must be free where a new folder is made; one that is there has its database already */
    static DataFolder open(Path root, long leastFree) throws StartException {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
                throw new StartException(
                        absolute + " is not a folder. Give another one with --data, or move that file away.");
            }
            if (Files.isDirectory(absolute)) {
                // Before anything is touched: --data /tmp must not lock everybody else out of it.
                refuseForeign(absolute);
            } else {
                Files.createDirectories(absolute);
            }
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
            FileChannel channel = lock(absolute);
            try {
                if (!Files.exists(absolute.resolve("VERSION"))) {
                    checkSpace(absolute, leastFree);
                }
                checkVersion(absolute);
                for (String part : new String[] {"secrets", "tls", "published", "run"}) {
                    Files.createDirectories(absolute.resolve(part));
                }
            } catch (StartException | IOException e) {
                channel.close();
                throw e;
            }
            return new DataFolder(absolute, channel);
        } catch (IOException e) {
            throw new StartException(
                    "The data folder " + absolute + " can't be used: " + why(e)
                            + ". Give a folder that you can write with --data.",
                    e);
        }
    }

    /** A file system's exception has the path as its message, and its kind is what happened. */
    private static String why(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason != null
                ? reason
                : switch (e) {
                    case AccessDeniedException _ -> "this user may not write there";
                    case NoSuchFileException _ ->
                        "it can't be made there, for that is no place for folders or lacks one above";
                    case FileAlreadyExistsException _ -> "a file is in the way";
                    default -> "the file system refused it (" + e.getClass().getSimpleName() + ")";
                };
    }

    /** The folder of a server that runs in another process: its files can be read, and nothing is locked. */
    public static DataFolder readOnly(Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        if (!Files.isReadable(absolute.resolve("VERSION"))) {
            throw new IOException(absolute + " is no data folder of a server, or belongs to another user");
        }
        return new DataFolder(absolute, null);
    }

    private static FileChannel lock(Path root) throws IOException, StartException {
        FileChannel channel = FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This very process holds it: the same refusal as for another one.
        }
        channel.close();
        throw new FolderInUseException("Another server is using the data folder " + root
                + ". Stop it first, or start this one with another folder: --data DIR.");
    }

    private static void checkVersion(Path root) throws IOException, StartException {
        Path file = root.resolve("VERSION");
        if (Files.exists(file)) {
            String found = Files.readString(file).strip();
            if (!found.equals(VERSION)) {
                throw new StartException("The data folder " + root + " has format " + found + ", and this server reads "
                        + VERSION + ". Start the version that wrote it, or give another folder with --data.");
            }
            return;
        }
        Files.writeString(file, VERSION + "\n");
    }

    private static void refuseForeign(Path root) throws IOException, StartException {
        if (Files.exists(root.resolve("VERSION"))) {
            return;
        }
        try (var entries = Files.list(root)) {
            if (entries.anyMatch(p -> !p.getFileName().toString().equals("lock"))) {
                throw new StartException("The folder " + root + " holds other files and no Averment data."
                        + " Give an empty or new folder with --data.");
            }
        }
    }

    private static void checkSpace(Path root, long leastFree) throws IOException, StartException {
        FileStore store = Files.getFileStore(root);
        if (store.getUsableSpace() < leastFree) {
            throw new StartException("Only " + (store.getUsableSpace() >> 20) + " MiB are free where the data folder "
                    + root + " lies, and a new database needs at least " + (leastFree >> 20)
                    + " MiB. Free some space, or give a folder on another disk with --data.");
        }
    }

    public Path root() {
        return root;
    }

    public Path path(String first, String... more) {
        return root.resolve(Path.of(first, more));
    }

    /** A secret of 256 random bits as 64 hex digits, made at first use and kept in {@code secrets/NAME} (0600). */
    public String secret(String name) throws IOException {
        return secret(name, () -> {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        });
    }

    /** As {@link #secret(String)}, made by {@code maker} at first use. */
    public String secret(String name, Supplier<String> maker) throws IOException {
        Path file = path("secrets", name);
        if (!Files.exists(file)) {
            if (lockChannel == null) {
                throw new IOException("the secret " + name + " is not there");
            }
            writePrivate(file, maker.get() + "\n");
        }
        return Files.readString(file).strip();
    }

    /** Writes a file that only this user can read, whole or not at all. */
    public static void writePrivate(Path file, String text) throws IOException {
        writePrivate(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Writes a file that only this user can read, whole or not at all. */
    public static void writePrivate(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process writes " + fresh, e);
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            var buffer = java.nio.ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (lockChannel != null) {
            lockChannel.close();
        }
    }
}
