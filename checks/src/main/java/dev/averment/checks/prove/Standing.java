package dev.averment.checks.prove;

import dev.averment.checks.Judgement;
import dev.averment.claims.Exemption;
import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an observation is worth at one instant. A judge says what was seen; time takes it back: a proof that is too old
 * is stale, whoever reads it and whenever.
 *
 * @param reason one sentence for the page
 */
public record Standing(Verdict verdict, String reason) {
    private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Clocks of two machines differ; an observation from further in the future than this is no observation. */
    public static final Duration SKEW = Duration.ofMinutes(5);

    /**
     * @param observedAt when it was true
     * @param valid      how long an observation counts as fresh
     */
    public static Standing of(Judgement judgement, Instant observedAt, Duration valid, Instant now) {
        if (!judgement.verdict().holds()) {
            return new Standing(judgement.verdict(), judgement.reason());
        }
        if (observedAt.isAfter(now.plus(SKEW))) {
            return new Standing(
                    Verdict.UNPROVEN,
                    "it was observed at " + whole(observedAt) + ", which is still to come; set the clocks right");
        }
        if (observedAt.plus(valid).isBefore(now)) {
            return new Standing(
                    Verdict.STALE,
                    "last " + judgement.verdict().word() + " on " + whole(observedAt) + ", too long ago");
        }
        return new Standing(judgement.verdict(), judgement.reason());
    }

    /** This, or the exemption while it lasts. */
    public Standing under(@Nullable Exemption exemption, Instant now) {
        if (exemption == null || !now.isBefore(exemption.until())) {
            return this;
        }
        return new Standing(
                Verdict.EXEMPT,
                "exempt until " + whole(exemption.until()) + " by " + exemption.by() + ": " + exemption.reason());
    }

    /** For people: the page writes its own dates so. */
    private static String whole(Instant instant) {
        return FOR_PEOPLE.format(instant);
    }
}
