package dev.averment.checks.addressencryption;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code address-encryption}. */
public final class AddressEncryptionCheck implements CheckType {

    @Override
    public String name() {
        return "address-encryption";
    }

    @Override
    public String description() {
        return "Sets channels up with addresses and keys of its own, and looks for these in all rows of all tables.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting(
                        "kinds",
                        Kind.LIST,
                        false,
                        "What is planted: webhook, routing-key, phone, mail; all of them by default.")),
                List.of(new Setting("plaintext", Kind.TEXT, false, "nowhere: where an address may stand in clear.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Looked for are the texts themselves and what they are in hexadecimal and Base64; another encoding, and an"
                        + " encryption that is none, would not be noticed.",
                "Tables are read, and neither files of the database, nor its log, nor copies and backups of it.",
                "What an operator's people are shown of an address, such as its host or its last digits, is kept in clear and is"
                        + " none of what is looked for.",
                "The key is looked for as the data folder holds it. That whoever has the server's machine has both is not in"
                        + " doubt.");
    }

    @Override
    public Collector collector() {
        return new AddressEncryptionCollector();
    }

    @Override
    public Judge judge() {
        return new AddressEncryptionJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                Arrays.stream(Planted.values())
                        .map(kind ->
                                new Subject(kind.word(), Map.of("kept", true, "opens", true, "inClear", List.of())))
                        .toList(),
                Map.of("tables", 80L, "keys", 1L, "keyPlaces", List.of()));
    }
}
