package dev.averment.checks.tokenstorage;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.checks.target.WorkspaceService.Dump;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a token, uses it, and looks for it. */
final class TokenStorageCollector implements Collector {
    static final String SUBJECT = "a token for programs";

    /** A part of a token that is shorter than this is no secret, and may well be kept: its prefix, its id, its checksum. */
    private static final int SECRET = 32;

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        try (Canary canary = Canary.confirmed(service)) {
            Credentials credentials = canary.signedIn();
            Member member = Member.of(canary, credentials, workspaces, workspaces.otherWorkspace());
            Member.Token token =
                    member.token(workspaces.scopes().stream().sorted().toList(), "1d");
            boolean accepted = canary.program(token.text(), "GET", member.path(), new byte[0])
                            .status()
                    == 200;
            Optional<byte[]> kept = workspaces.storedToken(token.id());
            List<String> parts = parts(token.text());
            Dump dump = workspaces.dump(forms(parts));
            return new Facts(
                    look.clock().instant(),
                    List.of(new Subject(
                            SUBJECT,
                            Map.of(
                                    "accepted", accepted,
                                    "kept", kept.isPresent(),
                                    "stored",
                                            kept.map(bytes -> form(bytes, parts))
                                                    .orElse(""),
                                    "inClear", dump.places()))),
                    Map.of("tables", dump.tables()));
        }
    }

    /** The token, and whatever of it lies between two of its separators and is long enough to be a secret. */
    private static List<String> parts(String token) {
        List<Integer> cuts = new ArrayList<>();
        cuts.add(-1);
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) == '_') {
                cuts.add(i);
            }
        }
        cuts.add(token.length());
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < cuts.size(); from++) {
            for (int to = from + 1; to < cuts.size(); to++) {
                String part = token.substring(cuts.get(from) + 1, cuts.get(to));
                if (part.length() >= SECRET) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    /** As they stand, in hexadecimal as a dump shows bytes, and the bytes that they spell in base64url. */
    private static List<String> forms(List<String> parts) {
        Set<String> forms = new HashSet<>();
        HexFormat hex = HexFormat.of();
        for (String part : parts) {
            forms.add(part);
            forms.add(hex.formatHex(part.getBytes(StandardCharsets.UTF_8)));
            try {
                forms.add(hex.formatHex(Base64.getUrlDecoder().decode(part)));
            } catch (IllegalArgumentException e) {
                continue; // It spells no bytes.
            }
        }
        return List.copyOf(forms);
    }

    private static String form(byte[] kept, List<String> parts) {
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(kept, sha256(bytes))) {
                return "SHA-256";
            }
            if (MessageDigest.isEqual(kept, bytes)) {
                return "plain text";
            }
        }
        return "unknown";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
