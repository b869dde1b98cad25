package dev.averment.checks.databasetransport;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A refusal counts only when the server itself spoke it: a connection that could not be made shows nothing. */
final class DatabaseTransportJudge implements Judge {

    /** {@code invalid_authorization_specification}: no line of pg_hba.conf lets this connection in. */
    static final String REFUSED = "28000";

    private static final Set<String> GOOD = Set.of("TLSv1.2", "TLSv1.3");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        boolean certificate = Boolean.TRUE.equals(expect.get("clientCertificate"));
        Optional<Subject> plain = named(facts, DatabaseTransportCollector.PLAIN);
        Optional<Subject> tls = named(facts, DatabaseTransportCollector.TLS);
        Optional<Subject> bare = named(facts, DatabaseTransportCollector.NO_CERTIFICATE);
        if (plain.map(s -> Seen.is(s, "accepted")).orElse(false)) {
            return Judgement.failing("The database takes connections without TLS.");
        }
        if (certificate && bare.map(s -> Seen.is(s, "accepted")).orElse(false)) {
            return Judgement.failing("The database takes connections without a client certificate.");
        }
        for (Subject subject : facts.subjects()) {
            if (subject.name().contains(DatabaseTransportCollector.AS) && Seen.is(subject, "accepted")) {
                return Judgement.failing("The database accepted a " + subject.name() + ".");
            }
        }
        if (facts.values().get("replaced") instanceof String replaced && !replaced.isEmpty()) {
            return Judgement.failing(
                    "A function that shows the server's settings is not the server's own: " + replaced + ".");
        }
        long sessions = 0;
        long local = 0;
        for (Subject subject : facts.subjects()) {
            if (!subject.name().startsWith("session ")) {
                continue;
            }
            sessions++;
            if (Seen.is(subject, "local")) {
                local++; // a Unix socket: never on a network, and never encrypted
            } else if (!Seen.is(subject, "ssl")) {
                return Judgement.failing("An open session of the application's database role is not encrypted.");
            } else if (!GOOD.contains(Seen.text(subject.facts(), "version"))) {
                return Judgement.failing("An open session of the application's database role uses "
                        + Seen.text(subject.facts(), "version") + ".");
            }
        }
        Optional<AccessRules.Flaw> flaw = AccessRules.flaw(facts.subjects(), certificate);
        if (flaw.isPresent() && flaw.get().refutes()) {
            return Judgement.failing(flaw.get().what());
        }
        if (facts.values().get("oldestVersion") instanceof String oldest && !GOOD.contains(oldest)) {
            return Judgement.failing("The database is set to speak TLS from "
                    + (oldest.isEmpty() ? "its oldest version" : oldest) + " on.");
        }
        if (facts.values().get("passwordEncryption") instanceof String hash && !hash.equals("scram-sha-256")) {
            return Judgement.failing("The database keeps new passwords as " + hash + ".");
        }
        if (certificate && Seen.number(facts.values(), "foreignAuthorities").orElse(0) > 0) {
            return Judgement.failing("The database takes clients' certificates from another authority than its own.");
        }
        if (plain.isEmpty() || tls.isEmpty() || certificate && bare.isEmpty()) {
            return Judgement.unproven("Not every kind of connection was tried.");
        }
        if (!Seen.is(tls.get(), "accepted")) {
            return Judgement.unproven("The connection with TLS could not be made (SQL state "
                    + Seen.text(tls.get().facts(), "sqlState") + "), so what was refused shows nothing.");
        }
        String version = Seen.text(tls.get().facts(), "version");
        if (!Seen.is(tls.get(), "ssl") || !GOOD.contains(version)) {
            return Judgement.failing(
                    "The connection that asked for TLS got " + (version.isEmpty() ? "none" : version) + ".");
        }
        if (flaw.isPresent()) {
            return Judgement.unproven(flaw.get().what());
        }
        if (!refused(plain.get())) {
            return Judgement.unproven(unspoken(plain.get()));
        }
        if (certificate && !refused(bare.get())) {
            return Judgement.unproven(unspoken(bare.get()));
        }
        if (certificate && !Seen.is(tls.get(), "clientCertificate")) {
            return Judgement.failing("The database did not look at the client's certificate.");
        }
        return Judgement.proven("The database refuses connections without TLS"
                + (certificate ? " or without a client certificate" : "") + " and speaks " + version + "; "
                + Seen.count(sessions, "open session")
                + (local == 0 ? " encrypted." : " encrypted or on a local socket."));
    }

    private static boolean refused(Subject attempt) {
        return !Seen.flag(attempt.facts(), "accepted").orElse(true)
                && REFUSED.equals(Seen.text(attempt.facts(), "sqlState"));
    }

    private static String unspoken(Subject attempt) {
        return "The " + attempt.name() + " failed, but the database did not refuse it (SQL state "
                + Seen.text(attempt.facts(), "sqlState") + ").";
    }

    private static Optional<Subject> named(Facts facts, String name) {
        return facts.subjects().stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
