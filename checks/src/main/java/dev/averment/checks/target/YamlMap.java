package dev.averment.checks.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A map of a YAML file with the lines that its values stand on. Reads on past a mistake, so that all are named at once; a
 * key that nobody asked for is one.
 */
final class YamlMap {
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int DEEPEST = 32;
    private static final int LONGEST = 20_000;

    /** A mistake in the file; line 0 speaks of the whole. */
    record Problem(int line, String message) {}

    private record Pair(int line, Node value) {}

    private final String where;
    private final int line;
    private final Map<String, Pair> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Problem> problems;

    private YamlMap(String where, Node node, List<Problem> problems) {
        this.where = where;
        this.line = line(node);
        this.problems = problems;
        if (!(node instanceof MappingNode map)) {
            problem(line, where + " must be a map of names to values.");
            return;
        }
        for (NodeTuple tuple : map.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (entries.put(key, new Pair(line(tuple.getKeyNode()), tuple.getValueNode())) != null) {
                problem(line(tuple.getKeyNode()), path(key) + " is given twice.");
            }
        }
    }

    /** The file's outermost map; mistakes go into {@code problems}. */
    static Optional<YamlMap> parse(String text, List<Problem> problems) {
        if (text.length() > MAX_CHARACTERS) {
            problems.add(new Problem(0, "The file is longer than " + MAX_CHARACTERS + " characters."));
            return Optional.empty();
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(MAX_CHARACTERS)
                    .setMaxAliasesForCollections(10)
                    .build();
            if (!bounded(new Parse(settings).parseString(text), problems)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(new Problem(0, "The file is empty."));
                return Optional.empty();
            }
            return Optional.of(new YamlMap("", root.get(), problems));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            problems.add(new Problem(line, "This is no YAML: " + e.getProblem() + "."));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(new Problem(0, "This is no YAML: " + WebFetch.why(e) + "."));
            return Optional.empty();
        }
    }

    /** Looked at before composing, which recurses: a megabyte of opening brackets would overflow the stack. */
    private static boolean bounded(Iterable<Event> events, List<Problem> problems) {
        int depth = 0;
        for (Event event : events) {
            int line = event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                problems.add(new Problem(
                        line, "Maps and lists are nested deeper than " + DEEPEST + " here; write the file flatter."));
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof ScalarEvent scalar && scalar.getValue().length() > LONGEST) {
                problems.add(
                        new Problem(line, "A single value is longer than " + LONGEST + " characters; shorten it."));
                return false;
            }
        }
        return true;
    }

    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    int line(String key) {
        Pair pair = entries.get(key);
        return pair == null ? line : pair.line();
    }

    void problem(int at, String message) {
        problems.add(new Problem(at, message));
    }

    /** The scalar under {@code key}; absent or no scalar gives nothing, the latter with a problem. */
    Optional<String> text(String key) {
        asked.add(key);
        Pair pair = entries.get(key);
        if (pair == null) {
            return Optional.empty();
        }
        if (pair.value() instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problem(pair.line(), path(key) + " must be a single value.");
        return Optional.empty();
    }

    Optional<String> required(String key) {
        if (!entries.containsKey(key)) {
            problem(line, (where.isEmpty() ? "The file" : where) + " lacks " + key + ".");
        }
        return text(key).filter(value -> {
            if (value.isBlank()) {
                problem(line(key), path(key) + " is empty.");
            }
            return !value.isBlank();
        });
    }

    /** The scalar read by {@code reader}, which throws an IllegalArgumentException for what it can't read. */
    <T> Optional<T> value(String key, String wanted, Function<String, T> reader) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(reader.apply(text));
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                problem(line(key), path(key) + " must be " + wanted + ".");
                return Optional.empty();
            }
        });
    }

    List<String> texts(String key) {
        asked.add(key);
        Pair pair = entries.get(key);
        List<String> texts = new ArrayList<>();
        if (pair != null && pair.value() instanceof SequenceNode list) {
            for (Node node : list.getValue()) {
                if (node instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue());
                } else {
                    problem(line(node), path(key) + " must be a list of single values.");
                }
            }
        } else if (pair != null) {
            problem(pair.line(), path(key) + " must be a list.");
        }
        return texts;
    }

    Optional<YamlMap> map(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).map(pair -> new YamlMap(path(key), pair.value(), problems));
    }

    /** The maps of the list under {@code key}. */
    List<YamlMap> maps(String key) {
        asked.add(key);
        Pair pair = entries.get(key);
        List<YamlMap> maps = new ArrayList<>();
        if (pair != null && pair.value() instanceof SequenceNode list) {
            int n = 0;
            for (Node node : list.getValue()) {
                maps.add(new YamlMap(path(key) + "[" + n++ + "]", node, problems));
            }
        } else if (pair != null) {
            problem(pair.line(), path(key) + " must be a list.");
        }
        return maps;
    }

    /** Names every key that nobody asked for. */
    void done() {
        entries.forEach((key, pair) -> {
            if (!asked.contains(key)) {
                problem(pair.line(), path(key) + " is not known here; known are " + String.join(", ", asked) + ".");
            }
        });
    }

    private String path(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
