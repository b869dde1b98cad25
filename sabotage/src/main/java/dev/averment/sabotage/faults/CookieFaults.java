package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import dev.averment.sabotage.instance.PlantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What weakens the cookies that sign people in. */
public final class CookieFaults {
    private static final String WAYS_IN = "/api/v1/auth/.*";

    private CookieFaults() {}

    /** For {@code cookie-rules}. */
    public static List<Sabotage> cookies(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        faults.add(stripped("cookie-without-secure", "Secure", "; Secure"));
        faults.add(stripped("cookie-without-httponly", "HttpOnly", "; HttpOnly"));
        faults.add(stripped("cookie-without-samesite", "SameSite", "; SameSite=\\w+"));
        if (bound.check().expect().containsKey("signature")) {
            faults.add(new Sabotage.Live(
                    "cookie-key-not-rotated",
                    "The key that signs cookies is two years old and was never replaced.",
                    Verdict.FAILING,
                    instance -> {
                        Path file = instance.data("secrets/keys-cookies");
                        String before = read(file);
                        write(file, before.replaceAll("\"made\":\"\\d{4}-", "\"made\":\"2024-"));
                        return () -> write(file, before);
                    }));
        }
        return faults;
    }

    private static Sabotage stripped(String id, String attribute, String pattern) {
        return Edge.fault(
                id,
                "The edge strips " + attribute + " off the cookies that sign people in.",
                new EdgeRule(Kind.COOKIE, WAYS_IN, pattern, ""));
    }

    private static String read(Path file) throws PlantException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PlantException(file.getFileName() + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) throws PlantException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new PlantException(file.getFileName() + " can't be written: " + e.getMessage(), e);
        }
    }
}
