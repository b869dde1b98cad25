package dev.averment.cli.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.nio.file.Path;

/** Opens the target of the server that runs on a data folder. */
@FunctionalInterface
public interface Instances {

    /** @throws CollectException when the folder can't be read, or no server runs on it */
    Target open(Path dataFolder) throws CollectException;
}
