package dev.averment.cli.target;

import dev.averment.checks.Target;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the target of the server that runs on a data folder. */
@FunctionalInterface
public interface Instances {

    /** @throws IOException when no server runs on the folder, or it can't be read */
    Target open(Path dataFolder) throws IOException;
}
