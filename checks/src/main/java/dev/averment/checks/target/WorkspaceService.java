package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Workspaces of a {@link SignInService}, and the tokens with which programs act in them. */
public interface WorkspaceService {

    /** A workspace made for checks, in which nobody else is. */
    String workspace();

    /** Another one. */
    String otherWorkspace();

    /** The workspaces' path, such as {@code /api/v1/workspaces}; a workspace's is it and {@code /ID}. */
    String path();

    /** Every scope that a token may be given. */
    Set<String> scopes();

    /** Puts the account into a workspace made for checks. */
    void join(String workspace, String address, String role) throws CollectException;

    /** Takes it out again, with the invitations that it made there. */
    void leave(String workspace, String address) throws CollectException;

    /** Links the account with somebody at a provider that there is not, and gives the link's id. */
    String link(String address) throws CollectException;

    /**
     * A digest for each table over the rows that are {@code owner}'s, that concern both {@code workspace} and {@code visitor},
     * and over the workspace's own row. Ids of accounts.
     */
    Map<String, String> digests(String workspace, String owner, String visitor) throws CollectException;

    /** What is kept of the token's secret. */
    Optional<byte[]> storedToken(String id) throws CollectException;

    /** Makes the token one that was made long ago and has expired meanwhile. */
    void expireToken(String id) throws CollectException;

    /** What lies behind incidents; empty when the target shows nothing of them. */
    default Optional<IncidentRecords> incidents() {
        return Optional.empty();
    }

    /** Looks for these texts in all rows of all tables of the database, as an administrator's dump would have them. */
    Dump dump(List<String> texts) throws CollectException;

    /**
     * @param tables that were looked through
     * @param places {@code schema.table} that hold one of the texts
     */
    record Dump(long tables, List<String> places) {
        public Dump {
            places = List.copyOf(places);
        }
    }
}
