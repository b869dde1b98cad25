package dev.averment.evidence.leaf;

import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a leaf together. Needed: {@link #id}, {@link #time}, {@link #category}, {@link #crud}, {@link #actor}. The outcome
 * is success unless {@link #outcome} says otherwise, and the nonce is fresh unless {@link #nonce} is given.
 */
public final class LeafBuilder {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String log;
    private final String action;
    private final List<JsonValue> targets = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private @Nullable UUID id;
    private @Nullable Instant time;
    private @Nullable Instant recordedAt;
    private Leaf.@Nullable Category category;
    private Leaf.@Nullable Crud crud;
    private @Nullable JsonObject actor;
    private JsonObject outcome = JsonObject.of("result", Leaf.Result.SUCCESS.word());
    private @Nullable JsonObject context;
    private @Nullable JsonObject change;
    private @Nullable JsonObject detail;
    private byte @Nullable [] nonce;

    LeafBuilder(String log, String action) {
        this.log = log;
        this.action = action;
    }

    /** A UUID of version 7. */
    public LeafBuilder id(UUID uuid) {
        this.id = uuid;
        return this;
    }

    /** When it happened, and when it was recorded. */
    public LeafBuilder time(Instant occurred, Instant recorded) {
        this.time = occurred;
        this.recordedAt = recorded;
        return this;
    }

    public LeafBuilder category(Leaf.Category value) {
        this.category = value;
        return this;
    }

    public LeafBuilder crud(Leaf.Crud value) {
        this.crud = value;
        return this;
    }

    /** @param actorId a random or pseudonymous id; names and addresses go into a {@link #disclose disclosure} */
    public LeafBuilder actor(Leaf.ActorType type, String actorId) {
        this.actor = JsonObject.of("type", type.word(), "id", actorId);
        return this;
    }

    public LeafBuilder actor(Leaf.ActorType type, String actorId, String onBehalfOf) {
        this.actor = JsonObject.of("type", type.word(), "id", actorId, "on_behalf_of", onBehalfOf);
        return this;
    }

    public LeafBuilder target(String type, String targetId) {
        targets.add(JsonObject.of("type", type, "id", targetId));
        return this;
    }

    public LeafBuilder target(String type, String targetId, String version) {
        targets.add(JsonObject.of("type", type, "id", targetId, "version", version));
        return this;
    }

    public LeafBuilder outcome(Leaf.Result result, @Nullable String reason) {
        this.outcome = JsonObject.of("result", result.word(), "reason", reason);
        return this;
    }

    /** Request, trace and session ids, component, version. */
    public LeafBuilder context(JsonObject value) {
        this.context = value;
        return this;
    }

    /** Digests of the state before and after, and the names of the changed fields. */
    public LeafBuilder change(@Nullable String beforeSha256, @Nullable String afterSha256, List<String> fields) {
        this.change = JsonObject.of("before_sha256", beforeSha256, "after_sha256", afterSha256, "fields", fields);
        return this;
    }

    /** What the action is about: a verdict, a measurement, a root over pings. Never a personal value. */
    public LeafBuilder detail(JsonObject value) {
        this.detail = value;
        return this;
    }

    /** Commits to a value without holding it. */
    public LeafBuilder disclose(Disclosure disclosure) {
        digests.add(disclosure.digest());
        return this;
    }

    /** Sixteen random bytes; only for making the same leaf twice, in tests and in retries. */
    public LeafBuilder nonce(byte[] random) {
        if (random.length != 16) {
            throw new IllegalArgumentException("a nonce has 16 bytes, not " + random.length);
        }
        this.nonce = random.clone();
        return this;
    }

    /**
     * The finished leaf.
     *
     * @throws IllegalArgumentException if something is missing, malformed, or the whole is over 65,535 bytes
     */
    public Leaf build() {
        if (nonce == null) {
            nonce = new byte[16];
            RANDOM.nextBytes(nonce);
        }
        return Leaf.built(JsonObject.of(
                "v",
                1,
                "id",
                id == null ? null : id.toString(),
                "log",
                log,
                "time",
                time == null ? null : LeafTime.format(time),
                "recorded_at",
                recordedAt == null ? null : LeafTime.format(recordedAt),
                "action",
                action,
                "category",
                category == null ? null : category.word(),
                "crud",
                crud == null ? null : crud.word(),
                "actor",
                actor,
                "targets",
                new JsonArray(targets),
                "outcome",
                outcome,
                "context",
                context,
                "change",
                change,
                "detail",
                detail,
                "_sd",
                digests.isEmpty() ? null : digests.stream().sorted().distinct().toList(),
                "nonce",
                BASE64URL.encodeToString(nonce)));
    }
}
