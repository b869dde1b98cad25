package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import dev.averment.evidence.merkle.TileSource;
import dev.averment.evidence.note.Vkey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lies behind a log, as whoever runs it sees it: every log, the way into them, and the rows that restate entries. */
@Target.Part(what = "store behind the log", key = "log")
public interface LogStore extends Target.Facility {

    /**
     * One of the logs.
     *
     * @param name       for people
     * @param key        under which its checkpoints are signed
     * @param checkpoint the newest one that went out; absent when none did, though the log has entries
     * @param tiles      as they are stored
     * @param entries    as they are stored
     */
    record Log(
            String name, Vkey key, Optional<byte[]> checkpoint, TileSource tiles, EvidenceLog.StoredEntries entries) {}

    /**
     * Logs that are looked at this time.
     *
     * @param logs  another choice at every look, but always those that all others rest on
     * @param total how many there are
     */
    record Choice(List<Log> logs, long total) {}

    /** @param most how many logs at most */
    Choice logs(int most) throws CollectException;

    /**
     * How leaves come into the log.
     *
     * @param placed   whether a leaf that was written for this look got its place
     * @param waited   how long that took, or how long it was waited for
     * @param oldest   how long the oldest leaf without a place has waited
     * @param disabled triggers that queue leaves and are missing, disabled or evadable
     */
    record Intake(boolean placed, Duration waited, Duration oldest, List<String> disabled) {}

    /** Writes a leaf and waits for its place. @param most how long to wait */
    Intake intake(Duration most) throws CollectException, InterruptedException;

    /**
     * A row that says once more what an entry says.
     *
     * @param name  of row or entry, for people
     * @param row   its values under the names that entries use; absent when an entry has no row
     * @param entry the entry's bytes; absent when the row has no entry
     */
    record Restated(String name, Optional<Map<String, String>> row, Optional<byte[]> entry) {}

    /** The newest rows that restate observations, and a random choice of older ones. */
    List<Restated> observations() throws CollectException;

    /** Entries about inserted rows, among the newest, whose row is not there any more as it was written; names for people. */
    List<String> rowsLost() throws CollectException;

    /** Roles that the server connects as. */
    Set<String> roles();

    /** {@code role PRIVILEGE schema.table} that one of them needs to do its work. */
    Set<String> needed();
}
