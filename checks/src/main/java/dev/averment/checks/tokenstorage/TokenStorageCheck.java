package dev.averment.checks.tokenstorage;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code token-storage}. */
public final class TokenStorageCheck implements CheckType {

    @Override
    public String name() {
        return "token-storage";
    }

    @Override
    public String description() {
        return "Makes a token for programs, uses it, holds what is kept of it against its digest, and searches all rows of all"
                + " tables for it.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("digest", Kind.TEXT, false, "What may be kept of a token: SHA-256."),
                        new Setting("plaintext", Kind.TEXT, false, "Where the token itself may stand: nowhere.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Shows what is kept of a token that is made now; older tokens may be kept in another way.",
                "The database is searched for the token and its secret as they stand, in hexadecimal and as the bytes that they"
                        + " spell; not for other encodings, nor for parts of it.",
                "Large objects, write-ahead log, backups, the server's own log and the answers of caches are not searched.",
                "Rows that were deleted before the search are not seen, nor those of open transactions.");
    }

    @Override
    public Collector collector() {
        return new TokenStorageCollector();
    }

    @Override
    public Judge judge() {
        return new TokenStorageJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        TokenStorageCollector.SUBJECT,
                        Map.of("accepted", true, "kept", true, "stored", "SHA-256", "inClear", List.of()))),
                Map.of("tables", 40L));
    }
}
