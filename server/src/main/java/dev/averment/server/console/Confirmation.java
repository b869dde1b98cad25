package dev.averment.server.console;

import java.util.List;
import java.util.Map;

/** What the template {@code confirm} says before something is lost. */
public final class Confirmation {
    private Confirmation() {}

    /**
     * Asks with a button alone.
     *
     * @param losses what is gone afterwards, a sentence each
     * @param action path that the form is sent to
     * @param back   path for who thinks better of it
     */
    public static Map<String, Object> of(List<String> losses, String action, String button, String back) {
        return Map.of("losses", losses, "action", action, "button", button, "back", back);
    }

    /**
     * Asks for a word to be typed, too.
     *
     * @param typing what to type, as the field's label
     */
    public static Map<String, Object> typed(
            List<String> losses, String action, String button, String back, String typing) {
        return Map.of("losses", losses, "action", action, "button", button, "back", back, "typing", typing);
    }
}
