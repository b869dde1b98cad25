package dev.averment.server.console.flow;

import dev.averment.server.console.Phrase;

/** What people named, the same in every language. */
record Plain(String text) implements Phrase {
    static Plain of(String text) {
        return new Plain(text);
    }

    @Override
    public String en() {
        return text;
    }

    @Override
    public String de() {
        return text;
    }
}
