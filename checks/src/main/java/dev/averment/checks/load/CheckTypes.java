package dev.averment.checks.load;

import dev.averment.checks.CheckType;
import dev.averment.claims.file.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/** The check types that exist, and those that are announced: a claim bound to one of the latter loads and is unproven. */
public final class CheckTypes {
    private static final String PLANNED = "planned-check-types.txt";

    private final Map<String, CheckType> built;
    private final Map<String, Planned> planned;

    private CheckTypes(Map<String, CheckType> built, Map<String, Planned> planned) {
        this.built = Collections.unmodifiableMap(built);
        this.planned = Collections.unmodifiableMap(planned);
    }

    /** What is known about a name. */
    public sealed interface Lookup {}

    public record Built(CheckType type) implements Lookup {}

    /**
     * A type that is announced.
     *
     * @param will what it will do, a clause
     * @param part the part of the product that brings it
     */
    public record Planned(String name, String will, String part) implements Lookup {
        /** The reason that stands beside an unproven claim. */
        public String reason() {
            return "There is no check of the type " + name + " yet; it will " + will + ".";
        }
    }

    /**
     * A name that nothing answers to.
     *
     * @param suggestion the known name that was probably meant
     */
    public record Unknown(String name, Optional<String> suggestion) implements Lookup {}

    /** All types on the class path. */
    public static CheckTypes installed() {
        return of(ServiceLoader.load(CheckType.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** These types, and whatever of the published plan they do not build yet. */
    public static CheckTypes of(Collection<? extends CheckType> types) {
        Map<String, CheckType> built = new TreeMap<>();
        for (CheckType type : types) {
            if (built.putIfAbsent(type.name(), type) != null) {
                throw new IllegalStateException("Two check types are called " + type.name()
                        + "; a page could not say which one it means; rename one or remove its jar.");
            }
        }
        Map<String, Planned> planned = new TreeMap<>();
        for (Planned plan : plan()) {
            if (!built.containsKey(plan.name()) && planned.putIfAbsent(plan.name(), plan) != null) {
                throw new IllegalStateException(
                        "The check type " + plan.name() + " is planned twice in " + PLANNED + ".");
            }
        }
        return new CheckTypes(built, planned);
    }

    static List<Planned> plan() {
        try (InputStream in = CheckTypes.class.getResourceAsStream(PLANNED)) {
            if (in == null) {
                throw new IllegalStateException(PLANNED + " is not in the jar; build it again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(CheckTypes::planned)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Planned planned(String line) {
        List<String> parts = List.of(line.split("\\|", -1));
        if (parts.size() != 3 || parts.stream().anyMatch(String::isBlank)) {
            throw new IllegalStateException("The line “" + line + "” of " + PLANNED
                    + " is not “name | what it will do | the part that brings it”.");
        }
        return new Planned(
                parts.get(0).strip(), parts.get(1).strip(), parts.get(2).strip());
    }

    public Lookup find(String name) {
        CheckType type = built.get(name);
        if (type != null) {
            return new Built(type);
        }
        Planned plan = planned.get(name);
        return plan != null ? plan : new Unknown(name, Nearest.to(name, names()));
    }

    public Collection<CheckType> built() {
        return built.values();
    }

    public Collection<Planned> planned() {
        return planned.values();
    }

    private Collection<String> names() {
        Collection<String> names = new TreeSet<>(built.keySet());
        names.addAll(planned.keySet());
        return names;
    }
}
