package dev.averment.server.outbound;

/**
 * A message to one person, in plain text.
 *
 * @param to      a mail address
 * @param subject one line
 * @param text    lines of at most 78 characters or so; may hold links that sign somebody in, so it is as secret as they
 */
public record Mail(String to, String subject, String text) {
    public Mail {
        if (to.chars().anyMatch(c -> c <= ' ' || c == 127) || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a header of this mail holds a line break or a blank");
        }
    }

    @Override
    public String toString() {
        return "mail \"" + subject + "\"";
    }
}
