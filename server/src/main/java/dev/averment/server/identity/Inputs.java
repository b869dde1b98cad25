package dev.averment.server.identity;

import java.util.Optional;

/** What people type into the fields of an account. */
final class Inputs {
    static final Refusal BAD_ADDRESS = new Refusal.Invalid(
            "bad-mail-address",
            "This is no mail address that we can write to: one @, letters of the Latin alphabet, digits and the usual signs"
                    + " before it, a domain behind it, 254 characters at most.");
    static final Refusal BAD_NAME =
            new Refusal.Invalid("bad-name", "A name has 1 to 200 characters, on one line, without invisible ones.");

    private static final int LONGEST_NAME = 200;

    private Inputs() {}

    /** A name without blanks around it; empty for one that can't be shown safely. */
    static Optional<String> name(String typed) {
        if (typed.length() > 2 * LONGEST_NAME) {
            return Optional.empty();
        }
        String name = typed.strip();
        boolean fits = !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.codePoints().noneMatch(Inputs::hides);
        return fits ? Optional.of(name) : Optional.empty();
    }

    /** Controls, marks that turn the direction of text around (CVE-2021-42574), halves of pairs, what is not assigned. */
    private static boolean hides(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
