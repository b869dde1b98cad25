package dev.averment.checks.passwordstorage;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code password-storage}. */
public final class PasswordStorageCheck implements CheckType {

    @Override
    public String name() {
        return "password-storage";
    }

    @Override
    public String description() {
        return "Sets a password for an account made for the purpose, reads the form in which it is stored, and sees whether an"
                + " older form is replaced at the next sign-in.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("hash", Kind.TEXT, false, "Name of the hash, such as argon2id, scrypt or bcrypt."),
                        new Setting("memory", Kind.TEXT, false, "Memory that a hash takes, such as 64MiB."),
                        new Setting("time", Kind.INTEGER, false, "Passes of Argon2."),
                        new Setting("parallelism", Kind.INTEGER, false, "Lanes of Argon2 or scrypt."),
                        new Setting(
                                "cost",
                                Kind.MAP,
                                false,
                                "Cost of bcrypt, or N of scrypt: exactly or min, with a whole number."),
                        new Setting(
                                "upgrade",
                                Kind.BOOLEAN,
                                false,
                                "true when an older hash must be replaced at the next sign-in.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Shows how a password is stored that is set now, and of others the form alone, where the target shows it.",
                "The salt's randomness is not judged from one password, nor whether the tag belongs to the figures beside"
                        + " it, but for the older hash, with which signing in must work.",
                "Does not look for passwords in logs, dumps or the memory of the process.");
    }

    @Override
    public Collector collector() {
        return new PasswordStorageCollector();
    }

    @Override
    public Judge judge() {
        return new PasswordStorageJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        var wanted = new SettingReader(expect);
        Map<String, Object> form = new HashMap<>();
        form.put("hash", wanted.text("hash").orElse("argon2id").toLowerCase(Locale.ROOT));
        try {
            form.put(
                    "memoryKiB",
                    PasswordStorageJudge.kibibytes(wanted.text("memory").orElse("64MiB")));
            form.put("time", (long) wanted.integer("time", 3));
            form.put("parallelism", (long) wanted.integer("parallelism", 1));
            SettingReader cost = wanted.map("cost");
            form.put("cost", (long) cost.integer("exactly", cost.integer("min", 10)));
        } catch (CollectException e) {
            // What the page expects can't be read: the judge says so, of this example too.
            form.put("hash", "");
        }
        Map<String, Object> older = new HashMap<>(form);
        older.put("signedIn", true);
        older.put("before", "bcrypt of cost 4");
        return new Facts(
                now,
                List.of(
                        new Subject(PasswordStorageCollector.NEW, form),
                        new Subject(PasswordStorageCollector.OLDER, older)),
                Map.of());
    }
}
