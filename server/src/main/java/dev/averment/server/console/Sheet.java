package dev.averment.server.console;

import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.publicsite.SiteLanguage;
import dev.averment.server.publicsite.StaticFiles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page on its way to somebody: its language, what was typed before, and what is wrong with it. What was typed is kept for
 * fields that are named; nobody names one for a password.
 */
public final class Sheet {
    /** The name of a message that belongs to no field. */
    public static final String WHOLE = "";

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SiteLanguage language;
    private final StaticFiles files;
    private String path;
    private final boolean signedIn;
    private final String next;
    private final @Nullable Done done;
    private final Map<String, String> typed = new HashMap<>();
    private final Set<String> ticked = new HashSet<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    private Phrase title = Talk.PRODUCT;
    private String room = "";

    Sheet(SiteLanguage language, StaticFiles files, String path, boolean signedIn, String next, @Nullable Done done) {
        this.language = language;
        this.files = files;
        this.path = path;
        this.signedIn = signedIn;
        this.next = next;
        this.done = done;
    }

    public Sheet titled(Phrase title) {
        this.title = title;
        return this;
    }

    /** Which entry of the navigation this page belongs to. */
    public Sheet in(String room) {
        this.room = room;
        return this;
    }

    /** Where this page is, when the form that led to it was sent elsewhere. */
    public Sheet at(String path) {
        this.path = path;
        return this;
    }

    public Sheet with(String field, String value) {
        typed.put(field, value);
        return this;
    }

    /** Keeps what was typed into these fields. */
    public Sheet keeping(Form form, String... fields) {
        for (String field : fields) {
            typed.put(field, form.text(field));
        }
        return this;
    }

    public Sheet ticking(Iterable<String> values) {
        values.forEach(ticked::add);
        return this;
    }

    public Sheet wrong(String field, String message) {
        wrong.putIfAbsent(field, message);
        return this;
    }

    /** Whether nothing is wrong so far. */
    public boolean faultless() {
        return wrong.isEmpty();
    }

    public String say(Phrase phrase, Object... about) {
        return about.length == 0 ? phrase.in(language) : phrase.in(language).formatted(about);
    }

    public String title() {
        return say(title);
    }

    public String tab() {
        return (wrong.isEmpty() ? "" : say(Talk.MISTAKE) + ": ") + title() + " · Averment";
    }

    public String room() {
        return room;
    }

    public SiteLanguage language() {
        return language;
    }

    /** The language that this page is not in. */
    public SiteLanguage other() {
        return language == SiteLanguage.DE ? SiteLanguage.EN : SiteLanguage.DE;
    }

    public String file(String name) {
        return files.address(name);
    }

    public String path() {
        return path;
    }

    public boolean signedIn() {
        return signedIn;
    }

    /** Where to go when this is done. */
    public String next() {
        return next;
    }

    public boolean hasNext() {
        return !next.equals(BrowserSessions.HOME);
    }

    /** What was just done; empty for a page that follows nothing. */
    public String done() {
        return done == null ? "" : say(done);
    }

    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }

    public boolean isTicked(String value) {
        return ticked.contains(value);
    }

    /** What is wrong with a field; empty when nothing is. */
    public String wrong(String field) {
        return wrong.getOrDefault(field, "");
    }

    /** What is wrong with no field in particular. */
    public String wrong() {
        return wrong(WHOLE);
    }

    /** Whether the focus goes to this field first: the first one with a mistake, where there is any. */
    public boolean focused(String field, boolean otherwise) {
        return wrong.isEmpty() ? otherwise : wrong.keySet().iterator().next().equals(field);
    }

    public String instant(Instant at) {
        return language.words().instant(at);
    }

    /** To the second, for what follows one another fast. */
    public String second(Instant at) {
        return day(at) + ", " + SECOND.format(at);
    }

    public String day(Instant at) {
        return language.words().day(at);
    }
}
