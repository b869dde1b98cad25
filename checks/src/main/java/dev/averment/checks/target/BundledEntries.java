package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.util.Map;
import java.util.Optional;

/**
 * Stored entries, read a bundle of 256 at a time. A look asks in ascending order; whoever asks for an earlier entry than the
 * last one begins a new look, and nothing of the old one is kept: or an entry that was altered after the first look would
 * never be noticed.
 */
public final class BundledEntries implements EvidenceLog.StoredEntries {
    private static final int BUNDLE = 256;

    private final Source source;
    private long bundle = -1;
    private long last = -1;
    private Map<Long, byte[]> entries = Map.of();

    /** The place where entries lie. */
    @FunctionalInterface
    public interface Source {
        /**
         * The entries that are there, by sequence.
         *
         * @param from first sequence
         * @param to   first sequence that is not wanted any more
         */
        Map<Long, byte[]> between(long from, long to) throws CollectException;
    }

    public BundledEntries(Source source) {
        this.source = source;
    }

    /** The newest bundle grows, so it is read again whenever something is missing in it. */
    @Override
    public synchronized Optional<byte[]> entry(long sequence) throws CollectException {
        long wanted = sequence / BUNDLE;
        if (sequence <= last || wanted != bundle || !entries.containsKey(sequence)) {
            entries = source.between(wanted * BUNDLE, (wanted + 1) * BUNDLE);
            bundle = wanted;
        }
        last = sequence;
        return Optional.ofNullable(entries.get(sequence));
    }
}
