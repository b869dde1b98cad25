package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import dev.averment.sabotage.instance.PlantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** What makes calls between services, and the paths that programs ask for, less safe than is said. */
public final class ServiceFaults {
    private ServiceFaults() {}

    /** For {@code actor-token}. */
    public static List<Sabotage> actors() {
        return List.of(
                new Sabotage.Live(
                        "service-key-open-to-others",
                        "Anybody on the machine can read the key with which services sign.",
                        Verdict.FAILING,
                        instance -> {
                            Path file = instance.data("secrets/services/prover.server.keys");
                            Set<PosixFilePermission> before = permissions(file);
                            set(file, PosixFilePermissions.fromString("rw-r--r--"));
                            return () -> set(file, before);
                        }),
                Sql.trigger(
                        "used-actor-token-forgotten",
                        "That a token between services was used is forgotten at once.",
                        "after insert on identity.spent_actor_token",
                        "delete from identity.spent_actor_token where token_id = new.token_id; return null;"),
                PageEdit.fault(
                        "actor-token-of-ten-minutes",
                        "The policy in force lets tokens between services live for ten minutes.",
                        "(?m)^policy:[ \\t]*$",
                        "policy:\n  services: {tokenLifetime: 10m}"));
    }

    private static Set<PosixFilePermission> permissions(Path file) throws PlantException {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new PlantException(
                    "the permissions of " + file.getFileName() + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void set(Path file, Set<PosixFilePermission> permissions) throws PlantException {
        try {
            Files.setPosixFilePermissions(file, permissions);
        } catch (IOException e) {
            throw new PlantException(
                    "the permissions of " + file.getFileName() + " can't be set: " + e.getMessage(), e);
        }
    }

    /** For {@code path-traversal}. */
    public static List<Sabotage> paths() {
        return List.of(Edge.fault(
                "paths-tidied-up",
                "The edge decodes paths and resolves their dot segments before the rule for paths sees them.",
                new EdgeRule(Kind.TIDY_PATH, "(?s).*", "", "")));
    }
}
