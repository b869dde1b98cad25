package dev.averment.server.drill;

import dev.averment.evidence.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the workflows of a demo do, on the files of its workspace. Small on purpose: each ends within milliseconds. */
final class Work {
    private static final int ORDERS = 480;
    private static final List<String> PRODUCTS = List.of("bolts", "gears", "nuts", "springs", "washers");

    private final FileStore files = new FileStore();

    /**
     * How a workflow ended.
     *
     * @param exit 0 when it did what it should
     */
    record Result(int exit, Map<String, Long> metrics, String output) {}

    /** Does one workflow, in the workspace's own transaction. */
    Result of(Workflow workflow, JdbcClient tx, UUID workspace, UUID demo, Instant now) {
        return switch (workflow) {
            case EXPORT -> export(tx, workspace, demo, now);
            case COPY -> copy(tx, workspace, demo, now);
            case LOAD -> load(tx, workspace, demo, now);
            case REPORT -> report(tx, workspace, demo, now);
        };
    }

    /** Writes orders as a shop might deliver them. */
    void deliver(JdbcClient tx, UUID workspace, UUID demo, Instant now) {
        var random = new SplittableRandom(workspace.getLeastSignificantBits());
        var text = new StringBuilder("order,product,cents\n");
        for (int i = 1; i <= ORDERS; i++) {
            text.append(i)
                    .append(',')
                    .append(PRODUCTS.get(random.nextInt(PRODUCTS.size())))
                    .append(',')
                    .append(random.nextInt(100, 20_000))
                    .append('\n');
        }
        files.write(tx, workspace, demo, DemoFile.ORDERS, bytes(text.toString()), now);
    }

    private Result export(JdbcClient tx, UUID workspace, UUID demo, Instant now) {
        List<DemoFile> all = files.all(tx, workspace, demo).stream()
                .filter(f -> !f.name().startsWith(DemoFile.EXPORT))
                .toList();
        byte[] body = JsonObject.of(
                        "at",
                        now.toString(),
                        "files",
                        all.stream()
                                .map(f -> JsonObject.of(
                                        "name", f.name(),
                                        "sha256", hex(f.digest()),
                                        "size", f.body().length,
                                        "written", f.written().toString()))
                                .toList())
                .canonical();
        files.write(tx, workspace, demo, DemoFile.EXPORT, body, now);
        return done(all.size(), all.size(), body.length, DemoFile.EXPORT + ": " + all.size() + " files listed\n");
    }

    private Result copy(JdbcClient tx, UUID workspace, UUID demo, Instant now) {
        Optional<DemoFile> export = files.read(tx, workspace, demo, DemoFile.EXPORT);
        if (export.isEmpty()) {
            return failed(2, DemoFile.EXPORT + ": not there. Nothing was copied.\n");
        }
        byte[] packed = packed(export.get().body());
        files.write(tx, workspace, demo, DemoFile.COPY, packed, now);
        byte[] back = unpacked(
                files.read(tx, workspace, demo, DemoFile.COPY).orElseThrow().body());
        if (!Arrays.equals(sha256(back), export.get().digest())) {
            return failed(1, DemoFile.COPY + ": read back, it is not what was exported.\n");
        }
        return done(
                1,
                1,
                packed.length,
                DemoFile.COPY + ": " + packed.length + " bytes, read back and compared: SHA-256 "
                        + hex(export.get().digest()) + "\n");
    }

    private Result load(JdbcClient tx, UUID workspace, UUID demo, Instant now) {
        // What an earlier import made is no result of this one.
        files.delete(tx, workspace, demo, DemoFile.TOTALS);
        Optional<DemoFile> orders = files.read(tx, workspace, demo, DemoFile.ORDERS);
        if (orders.isEmpty()) {
            return failed(2, DemoFile.ORDERS + ": not there. Nothing was imported.\n");
        }
        if (!orders.get().whole()) {
            return failed(
                    1,
                    DemoFile.ORDERS + ": SHA-256 is " + hex(sha256(orders.get().body())) + "\n" + DemoFile.ORDERS
                            + ": SHA-256 was " + hex(orders.get().digest()) + " when it was written\n"
                            + "The file was altered since. Nothing was imported.\n");
        }
        var totals = new TreeMap<String, Long>();
        List<String> lines = new String(orders.get().body(), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        for (String line : lines) {
            String[] parts = line.split(",", -1);
            totals.merge(parts[1], Long.parseLong(parts[2]), Long::sum);
        }
        var text = new StringBuilder("product,cents\n");
        totals.forEach((product, cents) ->
                text.append(product).append(',').append(cents).append('\n'));
        files.write(tx, workspace, demo, DemoFile.TOTALS, bytes(text.toString()), now);
        return done(
                lines.size(),
                lines.size(),
                orders.get().body().length,
                DemoFile.ORDERS + ": " + lines.size() + " orders of " + totals.size() + " products\n");
    }

    private Result report(JdbcClient tx, UUID workspace, UUID demo, Instant now) {
        Optional<DemoFile> totals = files.read(tx, workspace, demo, DemoFile.TOTALS);
        if (totals.isEmpty()) {
            return failed(2, DemoFile.TOTALS + ": not there, for the import failed. There is nothing to report on.\n");
        }
        List<String> lines = new String(totals.get().body(), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        var text = new StringBuilder("Report of " + now + "\n");
        for (String line : lines) {
            String[] parts = line.split(",", -1);
            text.append(parts[0])
                    .append(' ')
                    .append(Long.parseLong(parts[1]) / 100)
                    .append('\n');
        }
        byte[] body = bytes(text.toString());
        files.write(tx, workspace, demo, DemoFile.REPORT, body, now);
        return done(lines.size(), lines.size(), body.length, text.toString());
    }

    private static Result done(long in, long out, long bytes, String output) {
        return new Result(0, Map.of("records_in", in, "records_out", out, "bytes", bytes), output);
    }

    private static Result failed(int exit, String output) {
        return new Result(exit, Map.of("records_in", 0L, "records_out", 0L), output);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be written to", e);
        }
        return out.toByteArray();
    }

    /** Empty when it is no archive. */
    private static byte[] unpacked(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readNBytes(1 << 20);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
