package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.time.Instant;
import java.util.List;

/** Rows behind the incidents of a {@link WorkspaceService}. What is changed is in a workspace made for checks. */
public interface IncidentRecords {

    /**
     * Ends the clock of an incident that runs under {@code rule} and puts one in its place that began and is due at these
     * times, as if all of it had happened then; and has the service look at its clocks.
     *
     * @param incident id of an incident in {@code workspace}
     * @return false when no clock runs under that rule
     */
    boolean move(String workspace, String incident, String rule, Instant started, Instant due) throws CollectException;

    /** Tries to close a resolved incident past the service, as the service's own role; nothing stays. */
    List<Closing> attemptClosing(String workspace, String incident) throws CollectException;

    /** When each step of the operator's own chain is taken, such as {@code 15m}, in their order. */
    List<String> operatorChain() throws CollectException;

    /**
     * An attempt to close an incident.
     *
     * @param way      how, in a few words
     * @param refused  by the database
     * @param sqlState of the refusal; empty when there was none
     */
    record Closing(String way, boolean refused, String sqlState) {}
}
