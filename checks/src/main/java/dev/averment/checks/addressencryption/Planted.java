package dev.averment.checks.addressencryption;

import dev.averment.evidence.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is planted: a value that is nowhere else, in settings of a channel that leads nowhere. */
enum Planted {
    WEBHOOK("webhook", "webhook") {
        @Override
        String value() {
            return "https://hooks.averment.example/canary/" + letters(32);
        }

        @Override
        JsonObject settings(String value) {
            return JsonObject.of("url", value);
        }

        /** Who has the path has the address. */
        @Override
        List<String> secrets(String value) {
            return List.of(value, value.substring(value.lastIndexOf('/') + 1));
        }
    },
    ROUTING_KEY("routing-key", "pagerduty") {
        @Override
        String value() {
            return letters(32);
        }

        @Override
        JsonObject settings(String value) {
            return JsonObject.of("routingKey", value);
        }
    },
    PHONE("phone", "sms") {
        /** Of a country code that was never given out. */
        @Override
        String value() {
            return "+999" + (100_000_000_00L + Math.floorMod(RANDOM.nextLong(), 899_999_999_99L));
        }

        @Override
        JsonObject settings(String value) {
            return JsonObject.of(
                    "to",
                    List.of(value),
                    "token",
                    letters(32),
                    "url",
                    "https://sms.averment.example/canary/" + letters(16));
        }

        @Override
        List<String> secrets(String value) {
            return List.of(value, value.substring(1));
        }
    },
    MAIL("mail", "email") {
        @Override
        String value() {
            return "canary-" + UUID.randomUUID() + "@averment.invalid";
        }

        @Override
        JsonObject settings(String value) {
            return JsonObject.of("to", List.of(value));
        }

        @Override
        List<String> secrets(String value) {
            return List.of(value, value.substring(0, value.indexOf('@')));
        }
    };

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final String word;
    private final String kind;

    Planted(String word, String kind) {
        this.word = word;
        this.kind = kind;
    }

    static Optional<Planted> of(String word) {
        return java.util.Arrays.stream(values())
                .filter(planted -> planted.word.equals(word))
                .findFirst();
    }

    /** As pages write it. */
    String word() {
        return word;
    }

    /** Of the channel. */
    String kind() {
        return kind;
    }

    /** A fresh one. */
    abstract String value();

    abstract JsonObject settings(String value);

    /** The texts that must stand nowhere. */
    List<String> secrets(String value) {
        return List.of(value);
    }

    private static String letters(int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return word.toString();
    }
}
