package dev.averment.claims.file;

import java.nio.ByteBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into values with places. Built on the parser's event stream rather than on its composed
 * nodes: composing recurses, and a megabyte of opening brackets would overflow the stack before any bound is asked.
 */
public final class YamlReader {
    public static final int MOST_BYTES = 1 << 20;
    public static final int MOST_ALIASES = 50;
    public static final int DEEPEST = 32;
    /** Values after aliases are followed: stops a file that is small on disk and huge in memory (the billion laughs). */
    public static final int MOST_VALUES = 100_000;

    /** Tags that say what the value is anyway; any other names a type to construct, which this reader never does. */
    private static final Set<String> KNOWN_TAGS =
            Set.of("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq");

    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private final Problems problems;
    private final Map<String, Yaml> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int aliases;
    private boolean stopped;
    private @Nullable Yaml root;

    private YamlReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads the one document of a file.
     *
     * @param bytes    UTF-8, at most {@link #MOST_BYTES}
     * @param problems receives everything that is wrong; a duplicate key leaves a value behind, so that the author sees
     *                 the rest too
     * @return empty when there is no value to go on with
     */
    public static Optional<Yaml> read(byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(
                    Place.START,
                    "The file has " + bytes.length + " bytes",
                    "a page file is read by hand and holds at most " + MOST_BYTES + " bytes (1 MiB)",
                    "split it into several pages or move long documents out of it");
            return Optional.empty();
        }
        Optional<String> text = decode(bytes, problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        YamlReader reader = new YamlReader(problems);
        reader.events(text.get());
        return reader.stopped ? Optional.empty() : Optional.ofNullable(reader.root);
    }

    private static Optional<String> decode(byte[] bytes, Problems problems) {
        var in = ByteBuffer.wrap(bytes);
        var out = java.nio.CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            problems.add(
                    placeOf(text, text.length()),
                    "There is a byte here that is not UTF-8",
                    "page files are UTF-8, so that their hash means one text only",
                    "save the file as UTF-8");
            return Optional.empty();
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            if (hidden(c)) {
                problems.add(
                        placeOf(text, i),
                        String.format("There is an invisible character here, U+%04X", c),
                        "it could make a sentence read otherwise than it is stored",
                        "delete it");
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    /** Control characters, and the marks that reorder text on screen (the “Trojan Source” attack, CVE-2021-42574). */
    private static boolean hidden(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
        boolean reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
        boolean nothing = c == 0x200B || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE || c == 0x2028 || c == 0x2029;
        return control || reorders || nothing;
    }

    /** As {@link #hidden}, and halves of surrogate pairs, which raw UTF-8 can't hold and an escape can. */
    private static boolean escapedHidden(int c) {
        return hidden(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static Place placeOf(String text, int index) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return new Place(line, text.codePointCount(start, index) + 1);
    }

    private void events(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_BYTES)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setUseMarks(true)
                .build();
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        try {
            while (!stopped && events.hasNext()) {
                on(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            Place at = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(YamlReader::place)
                    .orElse(Place.START);
            notYaml(at, e.getProblem() == null ? e.getContext() : e.getProblem());
        } catch (YamlEngineException e) {
            notYaml(Place.START, e.getMessage());
        }
        if (!stopped && root == null) {
            stop(
                    Place.START,
                    "The file is empty",
                    "a page says at least what it is called and one claim",
                    "start from `aver init URL`");
        }
    }

    private void notYaml(Place at, @Nullable String reason) {
        String words = reason == null ? "" : reason.lines().findFirst().orElse("");
        stop(
                at,
                "This is not YAML (" + Problems.quote(words) + ")",
                "nothing after this point can be read",
                "check the indentation, colons and quotes of this line and the one before");
    }

    private void stop(Place at, String what, String why, String remedy) {
        problems.add(at, what, why, remedy);
        stopped = true;
    }

    private void on(Event event) {
        Place at = event.getStartMark().map(YamlReader::place).orElse(Place.START);
        switch (event) {
            case DocumentStartEvent ignored -> {
                if (root != null) {
                    stop(at, "A second document starts here", "a file holds one page", "remove “---” and what follows");
                }
            }
            case AliasEvent alias -> alias(alias, at);
            case ScalarEvent scalar -> {
                tag(scalar.getTag(), at);
                // What an escape such as "\\u202e" stands for is as invisible as the character itself.
                scalar.getValue()
                        .codePoints()
                        .filter(YamlReader::escapedHidden)
                        .findFirst()
                        .ifPresent(c -> stop(
                                at,
                                String.format("An escape here stands for an invisible character, U+%04X", c),
                                "it could make a sentence read otherwise than it is stored",
                                "delete it"));
                close(scalar(scalar, at), anchor(scalar));
            }
            case CollectionStartEvent start -> {
                tag(start.getTag(), at);
                if (open.size() >= DEEPEST) {
                    stop(at, "Values are nested deeper than " + DEEPEST, "no page needs that", "flatten this part");
                } else {
                    open.push(new Open(at, start instanceof MappingStartEvent, anchor(start)));
                }
            }
            case MappingEndEvent ignored -> end();
            case SequenceEndEvent ignored -> end();
            default -> {}
        }
    }

    private void tag(Optional<String> tag, Place at) {
        tag.filter(name -> !KNOWN_TAGS.contains(name))
                .ifPresent(name -> stop(
                        at,
                        "The tag " + Problems.quote(name) + " stands here",
                        "a page file is data and constructs nothing",
                        "remove the tag"));
    }

    private static @Nullable String anchor(NodeEvent event) {
        return event.getAnchor().map(Object::toString).orElse(null);
    }

    private void alias(AliasEvent alias, Place at) {
        String name = alias.getAlias().toString();
        Yaml value = anchors.get(name);
        if (++aliases > MOST_ALIASES) {
            stop(at, "There are more than " + MOST_ALIASES + " aliases", "a reader loses the thread", "write them out");
        } else if (value == null) {
            stop(
                    at,
                    "The alias *" + name + " points at nothing that is complete",
                    "an anchor must end before it is used",
                    "write the value out here");
        } else {
            close(value, null);
        }
    }

    private void end() {
        Open done = open.pop();
        close(done.value(), done.anchor);
    }

    private void close(Yaml value, @Nullable String anchor) {
        if (stopped) {
            return;
        }
        if (anchor != null) {
            anchors.put(anchor, value);
        }
        Open parent = open.peek();
        if (parent == null) {
            root = value;
            return;
        }
        parent.size += value.size();
        if (parent.size > MOST_VALUES) {
            stop(
                    value.at(),
                    "The file unfolds to more than " + MOST_VALUES + " values",
                    "aliases of aliases multiply (the “billion laughs” attack)",
                    "write the values out");
            return;
        }
        parent.take(value, problems);
    }

    private static Yaml.Scalar scalar(ScalarEvent event, Place at) {
        String text = event.getValue();
        if (!event.isPlain() || event.getTag().isPresent()) {
            return new Yaml.Scalar(text, Yaml.Kind.TEXT, at);
        }
        Yaml.Kind kind = NOTHING.matcher(text).matches()
                ? Yaml.Kind.NOTHING
                : BOOLEAN.matcher(text).matches()
                        ? Yaml.Kind.BOOLEAN
                        : INTEGER.matcher(text).matches()
                                ? Yaml.Kind.INTEGER
                                : DECIMAL.matcher(text).matches() ? Yaml.Kind.DECIMAL : Yaml.Kind.TEXT;
        return new Yaml.Scalar(text, kind, at);
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A collection whose end has not come yet. */
    private static final class Open {
        private final Place at;
        private final boolean mapping;
        private final @Nullable String anchor;
        private final List<Yaml> items = new ArrayList<>();
        private final LinkedHashMap<String, Yaml.Entry> entries = new LinkedHashMap<>();
        private @Nullable Yaml key;
        private int size = 1;

        Open(Place at, boolean mapping, @Nullable String anchor) {
            this.at = at;
            this.mapping = mapping;
            this.anchor = anchor;
        }

        void take(Yaml value, Problems problems) {
            if (!mapping) {
                items.add(value);
            } else if (key == null) {
                key = value;
            } else {
                put(key, value, problems);
                key = null;
            }
        }

        private void put(Yaml key, Yaml value, Problems problems) {
            if (!(key instanceof Yaml.Scalar name) || name.text().isEmpty()) {
                problems.add(key.at(), "This key is not a word", "keys are plain text", "give it a name");
            } else if (entries.containsKey(name.text())) {
                problems.add(
                        name.at(),
                        "The key " + Problems.quote(name.text()) + " stands here a second time (first on line "
                                + entries.get(name.text()).keyAt().line() + ")",
                        "two readers could take different ones",
                        "remove one of them");
            } else {
                entries.put(name.text(), new Yaml.Entry(name.at(), value));
            }
        }

        Yaml value() {
            return mapping ? new Yaml.Mapping(entries, at, size) : new Yaml.Sequence(items, at, size);
        }
    }
}
