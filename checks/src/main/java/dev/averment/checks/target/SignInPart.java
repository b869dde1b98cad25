package dev.averment.checks.target;

import dev.averment.claims.Page;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The part {@code signIn} of a target file: how checks sign in to a user's own system. */
final class SignInPart {
    private static final String ID = "{id}";
    private static final String CODE = "#([A-Za-z0-9_-]{20,200})";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private SignInPart() {}

    /** Empty when something is wrong, which then stands among the problems of {@code map}. */
    static Optional<SignInService> read(YamlMap map, Optional<Web> web, Path folder) {
        if (web.isEmpty()) {
            map.problem(0, "signIn needs the part web: it says where the service is.");
        }
        Optional<String> addresses = map.required("addresses").filter(form -> {
            boolean good = form.contains(ID) && form.indexOf('@') > 0;
            if (!good) {
                map.problem(
                        map.line("addresses"),
                        "signIn.addresses must be a mail address with {id} in it, such as canary-{id}@shop.example.");
            }
            return good;
        });
        if (!map.has("mailbox")) {
            map.required("mailbox");
        }
        Optional<MailFolder> mailbox = map.map("mailbox").flatMap(box -> mailbox(box, folder));
        SignInPaths paths = map.map("paths").map(SignInPart::paths).orElse(SignInPaths.OURS);
        map.done();
        return web.isPresent() && addresses.isPresent() && mailbox.isPresent()
                ? Optional.of(new Described(web.get(), addresses.get(), mailbox.get(), paths))
                : Optional.empty();
    }

    private static Optional<MailFolder> mailbox(YamlMap map, Path folder) {
        Optional<Path> mails = map.required("folder").map(folder::resolve);
        if (mails.isPresent() && !Files.isDirectory(mails.get())) {
            map.problem(map.line("folder"), "The mail folder " + mails.get() + " is not there.");
            return Optional.empty();
        }
        String form = map.text("code").orElse(CODE);
        map.done();
        try {
            Pattern code = Pattern.compile(form);
            if (code.matcher("").groupCount() < 1) {
                map.problem(map.line("code"), "signIn.mailbox.code must have a group in brackets: the code.");
                return Optional.empty();
            }
            return mails.map(path -> new MailFolder(path, code, PATIENCE));
        } catch (PatternSyntaxException e) {
            map.problem(map.line("code"), "signIn.mailbox.code is no regular expression: " + e.getDescription() + ".");
            return Optional.empty();
        }
    }

    private static SignInPaths paths(YamlMap map) {
        SignInPaths ours = SignInPaths.OURS;
        SignInPaths paths = new SignInPaths(
                path(map, "signUp", ours.signUp()),
                path(map, "verify", ours.verify()),
                path(map, "signIn", ours.signIn()),
                path(map, "refresh", ours.refresh()),
                path(map, "reset", ours.reset()),
                path(map, "confirmReset", ours.confirmReset()),
                path(map, "confirmAddress", ours.confirmAddress()),
                path(map, "account", ours.account()),
                path(map, "proof", ours.proof()),
                path(map, "password", ours.password()),
                path(map, "address", ours.address()),
                path(map, "sessions", ours.sessions()),
                path(map, "signOut", ours.signOut()));
        map.done();
        return paths;
    }

    private static String path(YamlMap map, String key, String ours) {
        String path = map.text(key).orElse(ours);
        if (!path.startsWith("/") || path.startsWith("//")) {
            map.problem(map.line(key), "signIn.paths." + key + " must begin with one slash.");
        }
        return path;
    }

    /** Seen from outside: what it keeps, writes down and signs with is not shown. */
    private record Described(Web web, String addresses, MailFolder mailbox, SignInPaths paths)
            implements SignInService {
        @Override
        public Visitor visitor() {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(web.trust())
                    .connectTimeout(Web.Dialer.TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            return new Visitor(
                    List.of(new Web(
                            web.base(),
                            web.trust(),
                            client,
                            web.plain(),
                            web.plainReading(),
                            web.routes(),
                            web.signedIn(),
                            web.dialer())),
                    Optional.empty());
        }

        @Override
        public String newAddress() {
            return addresses.replace(ID, UUID.randomUUID().toString());
        }

        @Override
        public Optional<AccountRecords> records() {
            return Optional.empty();
        }

        @Override
        public Optional<AuthenticationLog> log() {
            return Optional.empty();
        }

        @Override
        public Optional<TokenKeys> tokenKeys() {
            return Optional.empty();
        }

        @Override
        public Optional<CookieKeys> cookieKeys(Page page) {
            return Optional.empty();
        }
    }
}
