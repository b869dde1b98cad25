package dev.averment.server.identity.provider;

import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.HostileProvider;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole server with an honest provider of the test's own, and what people do with the two. */
final class ProviderScene implements AutoCloseable {
    final ShiftedClock clock = new ShiftedClock();
    final HostileProvider provider;
    final HostileProvider google;
    final HostileProvider apple;
    final RunningServer server;
    final ProviderEntries entries;

    ProviderScene(Path folder, String... googleLines) throws Exception {
        Path authority = folder.resolve("providers");
        provider = HostileProvider.start(authority);
        google = HostileProvider.start(authority);
        apple = HostileProvider.start(authority);
        provider.asked = clock::instant;
        google.asked = clock::instant;
        apple.asked = clock::instant;
        Path data = Files.createDirectories(folder.resolve("data"));
        provider.configure(data, "acme", "generic", "name=Acme");
        google.configure(data, "google", "google", googleLines);
        apple.configure(
                data, "apple", "apple", "teamId=TEAM123456", "keyId=KEY1234567", "privateKeyFile=" + appleKey(data));
        server = RunningServer.start(data, clock);
        entries = new ProviderEntries(server);
    }

    static final java.security.KeyPair APPLE_KEY = key();

    private static java.security.KeyPair key() {
        try {
            var maker = java.security.KeyPairGenerator.getInstance("EC");
            maker.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
            return maker.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path appleKey(Path data) throws IOException {
        Path file = Files.createDirectories(data.resolve("providers")).resolve("apple.p8");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(APPLE_KEY.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        return file;
    }

    String here() {
        return "https://localhost:" + server.port();
    }

    Browser browser() throws Exception {
        return new Browser(server.server().dataFolder().resolve("tls/ca.crt"), provider.authority());
    }

    /** From the button to wherever that leads. */
    Seen signIn(Browser browser, String id) throws IOException {
        return browser.open(here() + "/sign-in/with/" + id + "?next=/workspaces");
    }

    String session(Browser browser) {
        return browser.cookie("localhost", "__Host-session").orElse("");
    }

    /** The account that the browser is signed in to. */
    String account(Browser browser) throws IOException {
        return browser.open(here() + "/api/v1/account").body();
    }

    Answer withCookie(String method, String path, Browser browser) throws IOException {
        return server.https(method, path, "Cookie: __Host-session=" + session(browser));
    }

    Answer begin(Person person, String id) throws IOException {
        return person.send("POST", "/api/v1/account/links", "provider", id, "to", "/pages/self");
    }

    /** Goes the way that {@code begun} says. */
    Seen go(Browser browser, Answer begun, String sameSite) throws IOException {
        browser.putCookie(
                "localhost", "__Host-flow", Person.cookie(begun, "__Host-flow").orElseThrow(), sameSite);
        return browser.led(here(), Person.member(begun, "location"));
    }

    /** Links a person's account with whoever the provider has. */
    Seen link(Person person) throws Exception {
        return go(browser(), begin(person, "acme"), "Lax");
    }

    String linkId(String links) {
        return links.replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
    }

    List<String> mails(String email) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.list(server.server().dataFolder().resolve("outbox"))) {
            for (Path file : files.toList()) {
                String mail = Files.readString(file);
                if (mail.contains("\r\nTo: " + email + "\r\n")) {
                    found.add(mail);
                }
            }
        }
        return found;
    }

    void sql(String statement, String email) throws Exception {
        var access = server.prepared().access();
        try (var c = access.connect(access.administrator());
                var s = c.prepareStatement(statement)) {
            s.setString(1, email);
            s.executeUpdate();
        }
    }

    @Override
    public void close() {
        server.close();
        provider.close();
        google.close();
        apple.close();
    }
}
