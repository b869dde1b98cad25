package dev.averment.cli.target;

import dev.averment.server.database.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running server says of itself in {@code run/instance.json} of its data folder.
 *
 * @param page id of the operator's page, whose policy is in force
 */
public record RunningInstance(Path dataFolder, String page) {

    /** Where a server keeps everything when nobody says otherwise. */
    public static Path defaultDataFolder(Map<String, String> environment) {
        return UserFolders.data(environment);
    }

    public static Path file(Path dataFolder) {
        return dataFolder.resolve("run").resolve("instance.json");
    }

    /** The server that runs on the folder; empty when none does, even if one that broke down left its file. */
    public static Optional<RunningInstance> on(Path dataFolder) {
        Path file = file(dataFolder);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            JsonNode instance = JsonMapper.shared().readTree(Files.readString(file));
            JsonNode pid = instance.path("pid");
            boolean alive = !pid.isIntegralNumber()
                    || ProcessHandle.of(pid.asLong())
                            .map(ProcessHandle::isAlive)
                            .orElse(false);
            return alive
                    ? Optional.of(new RunningInstance(
                            dataFolder, instance.path("page").asString("")))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
