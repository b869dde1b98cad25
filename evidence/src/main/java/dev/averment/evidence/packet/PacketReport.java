package dev.averment.evidence.packet;

import dev.averment.evidence.note.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What verifying a packet showed, each question by itself.
 *
 * @param overall the answer in one word
 * @param integrity all files are there, none is altered, and they say the same thing
 * @param signature seal, statement, SSH signature and checkpoint are signed by the trusted key, or by keys it vouches for
 * @param inclusion every entry stands in the log at the place it says
 * @param consistency the log only grew since earlier checkpoints
 * @param anchoring the checkpoint stands in the anchor log
 * @param freshness per claim, judged at the verifier's clock
 * @param page what the packet says, if it could be read
 * @param checkpoint the log's checkpoint in it, if it could be read: keep it for next time once {@code overall} holds
 */
public record PacketReport(
        Overall overall,
        Result integrity,
        Result signature,
        Result inclusion,
        Result consistency,
        Result anchoring,
        List<Freshness> freshness,
        Optional<Page> page,
        Optional<Checkpoint> checkpoint) {

    /** The answer in one word. */
    public enum Overall {
        /** Nothing failed, no verdict has lapsed, and the key came from outside. */
        HOLDS,
        /** Something failed, or a verdict has lapsed. */
        DOES_NOT_HOLD,
        /** Nothing failed, but no key was given from outside: anyone could have made this packet. */
        INTEGRITY_ONLY,
        /** Nothing failed, but the packet has no proof from the checkpoint that was given: history may be another. */
        COULD_NOT_TELL
    }

    /** The answer to one question. */
    public enum Status {
        HOLDS,
        FAILS,
        /** The packet has nothing on this question, or an earlier failure kept it from being asked. */
        ABSENT
    }

    /**
     * An answer with its reason.
     *
     * @param status the answer
     * @param reason why, in a sentence for people
     */
    public record Result(Status status, String reason) {
        static Result holds(String reason) {
            return new Result(Status.HOLDS, reason);
        }

        static Result fails(String reason) {
            return new Result(Status.FAILS, reason);
        }

        static Result absent(String reason) {
            return new Result(Status.ABSENT, reason);
        }
    }

    /** How current a claim's evidence is at the verifier's clock. */
    public enum Age {
        FRESH,
        /** {@code expires} has passed. */
        STALE,
        /** There never was evidence. */
        NEVER,
        /** It says that it was collected after the verifier's now: a wrong clock, or a lie. */
        FUTURE
    }

    /**
     * How current one claim is.
     *
     * @param claim id of the claim
     * @param verdict what the packet says of it
     * @param age how current that is
     * @param since when it became stale, for {@link Age#STALE}
     * @param lapsed whether the verdict said that something holds and no longer may
     */
    public record Freshness(String claim, Verdict verdict, Age age, Optional<Instant> since, boolean lapsed) {}

    public PacketReport {
        freshness = List.copyOf(freshness);
    }
}
