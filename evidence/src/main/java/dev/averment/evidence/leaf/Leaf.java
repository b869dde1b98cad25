package dev.averment.evidence.leaf;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TreeHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an evidence log, leaf v1: the exact bytes, and the JSON that they hold.
 *
 * <p>Members, all in canonical JSON: {@code v} (1), {@code id} (UUIDv7), {@code log} (origin, so that an entry cannot be
 * replayed into another tenant's log), {@code time} (when it happened) and {@code recorded_at} (when we learned of it),
 * {@code action} (dotted, past tense), {@code category}, {@code crud}, {@code actor} {type, id, on_behalf_of?}, {@code
 * targets} [{type, id, version?}], {@code outcome} {result, reason?}, {@code nonce} (128 random bits, because tiles show
 * leaf hashes and a guessable leaf would leak through its hash); optionally {@code context}, {@code change} {before_sha256,
 * after_sha256, fields}, {@code detail} (what the action is about, free of personal values) and {@code _sd} (digests of
 * {@link Disclosure}s, sorted so that their order tells nothing).
 */
public final class Leaf {

    /** Longest leaf, in bytes: entry bundles count in 16 bits. */
    public static final int MAX_BYTES = 65_535;

    /** A value that stands in a leaf as one fixed word. */
    private interface Worded {
        String word();
    }

    /** Who acts. */
    public enum ActorType implements Worded {
        USER,
        SERVICE,
        API_KEY,
        SYSTEM,
        ANONYMOUS;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What kind of event it is. */
    public enum Category implements Worded {
        AUTH,
        ACCESS,
        CHANGE,
        ADMIN,
        PRIVACY,
        OBSERVATION;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was done to the target; written as its first letter. */
    public enum Crud implements Worded {
        CREATE,
        READ,
        UPDATE,
        DELETE;

        @Override
        public String word() {
            return name().substring(0, 1).toLowerCase(Locale.ROOT);
        }
    }

    /** How it ended. */
    public enum Result implements Worded {
        SUCCESS,
        FAILURE,
        DENIED,
        ERROR;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> MEMBERS = Set.of(
            "v",
            "id",
            "log",
            "time",
            "recorded_at",
            "action",
            "category",
            "crud",
            "actor",
            "targets",
            "outcome",
            "context",
            "change",
            "detail",
            "_sd",
            "nonce");

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){1,5}");
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final int MAX_ACTION = 128;

    private final byte[] bytes;
    private final JsonObject json;

    private Leaf(byte[] bytes, JsonObject json) {
        this.bytes = bytes;
        this.json = json;
    }

    /** Starts a leaf: see {@link LeafBuilder}. */
    public static LeafBuilder of(String log, String action) {
        return new LeafBuilder(log, action);
    }

    /** Reads stored bytes back, and refuses whatever a builder could not have made. */
    public static Leaf parse(byte[] bytes) throws LeafException {
        try {
            JsonObject json = Json.parseCanonicalObject(bytes, MAX_BYTES);
            check(json);
            return new Leaf(bytes.clone(), json);
        } catch (JsonException e) {
            throw new LeafException("not a leaf v1: " + e.getMessage());
        }
    }

    static Leaf built(JsonObject json) {
        byte[] bytes = json.canonical();
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a leaf of " + bytes.length + " bytes is over the limit of " + MAX_BYTES
                    + "; log a digest of the content and keep the content elsewhere");
        }
        try {
            check(json);
        } catch (JsonException e) {
            throw new IllegalArgumentException("not a leaf v1: " + e.getMessage());
        }
        return new Leaf(bytes, json);
    }

    private static void check(JsonObject json) throws JsonException {
        json.requireOnly(MEMBERS);
        if (json.integer("v") != 1) {
            throw new JsonException("version " + json.integer("v") + " is not known here");
        }
        String id = json.string("id");
        if (!isUuid7(id)) {
            throw new JsonException("member \"id\" must be a UUID of version 7 in lower case");
        }
        if (json.string("log").isEmpty()) {
            throw new JsonException("member \"log\" must name the log");
        }
        LeafTime.parse(json.string("time"));
        LeafTime.parse(json.string("recorded_at"));
        if (json.string("action").length() > MAX_ACTION
                || !ACTION.matcher(json.string("action")).matches()) {
            throw new JsonException("member \"action\" must be dotted lower case, as in page.published");
        }
        oneOf(Category.values(), json.string("category"), "category");
        oneOf(Crud.values(), json.string("crud"), "crud");
        JsonObject actor = json.object("actor");
        actor.requireOnly(Set.of("type", "id", "on_behalf_of"));
        oneOf(ActorType.values(), actor.string("type"), "actor type");
        actor.string("id");
        actor.optionalString("on_behalf_of");
        for (JsonObject target : json.array("targets").objects()) {
            target.requireOnly(Set.of("type", "id", "version"));
            target.string("type");
            target.string("id");
            target.optionalString("version");
        }
        JsonObject outcome = json.object("outcome");
        outcome.requireOnly(Set.of("result", "reason"));
        oneOf(Result.values(), outcome.string("result"), "result");
        outcome.optionalString("reason");
        for (String optional : List.of("context", "change", "detail")) {
            if (json.has(optional)) {
                json.object(optional);
            }
        }
        if (json.has("_sd")) {
            List<String> digests = json.array("_sd").strings();
            if (digests.isEmpty()
                    || !digests.stream()
                            .allMatch(digest -> DIGEST.matcher(digest).matches())
                    || !digests.equals(digests.stream().sorted().distinct().toList())) {
                throw new JsonException("member \"_sd\" must be sorted, distinct SHA-256 digests in base64url");
            }
        }
        if (!NONCE.matcher(json.string("nonce")).matches()) {
            throw new JsonException("member \"nonce\" must be 128 bits in base64url");
        }
    }

    private static void oneOf(Worded[] known, String value, String what) throws JsonException {
        for (Worded candidate : known) {
            if (candidate.word().equals(value)) {
                return;
            }
        }
        throw new JsonException("unknown " + what + " \"" + value + "\"");
    }

    private static boolean isUuid7(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.version() == 7 && uuid.variant() == 2 && uuid.toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The exact bytes, which are what is stored, bundled and hashed. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** SHA-256(0x00 || bytes). */
    public Hash hash() {
        return TreeHash.leaf(bytes);
    }

    public JsonObject json() {
        return json;
    }

    public UUID id() {
        return UUID.fromString(text("id"));
    }

    /** Origin of the log that it belongs to. */
    public String log() {
        return text("log");
    }

    public String action() {
        return text("action");
    }

    /** When it happened. */
    public Instant time() {
        return time("time");
    }

    /** When it was recorded. */
    public Instant recordedAt() {
        return time("recorded_at");
    }

    /** Digests of the values that the leaf commits to without holding them. */
    public List<String> disclosureDigests() {
        List<String> digests = new ArrayList<>();
        if (json.get("_sd").orElse(null) instanceof JsonArray array) {
            array.items().forEach(item -> digests.add(((JsonString) item).value()));
        }
        return digests;
    }

    private String text(String member) {
        try {
            return json.string(member);
        } catch (JsonException e) {
            throw new IllegalStateException("was checked when the leaf was made", e);
        }
    }

    private Instant time(String member) {
        try {
            return LeafTime.parse(text(member));
        } catch (JsonException e) {
            throw new IllegalStateException("was checked when the leaf was made", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Leaf leaf && json.equals(leaf.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toJson();
    }
}
