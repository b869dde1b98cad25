package dev.averment.checks.own;

import dev.averment.checks.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own of the shop in {@code docs/examples/shop}, on a real PostgreSQL. The name's beginning says how it is
 * connected to, as {@link TestPostgres} describes.
 */
final class ShopDatabase implements AutoCloseable {
    static final Path EXAMPLE = Path.of("..", "docs", "examples", "shop");
    static final String SECRET = "the application's secret";

    private static final AtomicInteger CLONES = new AtomicInteger();
    private static boolean made;

    private String name;

    private ShopDatabase(String name) {
        this.name = name;
    }

    /** On a plain setting, as {@code shop.sql} makes it. */
    static ShopDatabase plain(String prefix) throws SQLException, IOException {
        return clone(prefix, "shop_template");
    }

    /** With the sealed context of {@code sealed.sql}. */
    static ShopDatabase sealed(String prefix) throws SQLException, IOException {
        return clone(prefix, "shop_sealed_template");
    }

    private static synchronized ShopDatabase clone(String prefix, String template) throws SQLException, IOException {
        if (!made) {
            admin("create database shop_template");
            TestPostgres.server().asSuperuser("shop_template", Files.readString(EXAMPLE.resolve("shop.sql")));
            admin("create database shop_sealed_template template shop_template");
            TestPostgres.server()
                    .asSuperuser(
                            "shop_sealed_template",
                            "set app.secret_sha256 = '" + sha256(SECRET) + "';"
                                    + Files.readString(EXAMPLE.resolve("sealed.sql")));
            made = true;
        }
        String name = prefix + "shop_" + CLONES.incrementAndGet();
        admin("create database " + name + " template " + template);
        admin("revoke temporary on database " + name + " from public");
        return new ShopDatabase(name);
    }

    /** Gives its name another beginning, and with it other rules of connecting. */
    void rename(String prefix) throws SQLException {
        String other = prefix + "shop_" + CLONES.incrementAndGet();
        admin("alter database " + name + " rename to " + other);
        name = other;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + TestPostgres.server().port() + "/" + name;
    }

    void asSuperuser(String sql) throws SQLException {
        TestPostgres.server().asSuperuser(name, sql);
    }

    /** Appends an entry to the log that the shop keeps for {@code tenant}. */
    void append(String tenant, long sequence, byte[] body) throws SQLException {
        var properties = TestPostgres.server().certificates().properties("postgres", true);
        try (Connection admin = TestPostgres.server().connect(name, properties);
                PreparedStatement insert = admin.prepareStatement("insert into audit.entry values (?::uuid, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setLong(2, sequence);
            insert.setBytes(3, body);
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        admin("drop database " + name + " with (force)");
    }

    private static void admin(String sql) throws SQLException {
        try (Connection admin = TestPostgres.server().connect("postgres", "postgres");
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
