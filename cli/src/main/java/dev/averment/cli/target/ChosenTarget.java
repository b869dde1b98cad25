package dev.averment.cli.target;

import dev.averment.checks.Target;
import dev.averment.checks.target.TargetFile;
import dev.averment.cli.CommandException;
import dev.averment.cli.Terminal;
import dev.averment.cli.prove.PageFile;
import dev.averment.sabotage.instance.DisposableServer;
import dev.averment.sabotage.instance.InstanceException;
import dev.averment.sabotage.instance.ServerLibraries;
import dev.averment.sabotage.instance.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a proof looks at, found from what the user said, and with it the server that may have been made for it.
 *
 * <p>A URL is a site; a folder is the data folder of a running server; a file is a target file. When nothing is said, the
 * server on the default data folder is taken if it enforces this very page, else one is made and thrown away.
 */
public record ChosenTarget(Target target, @Nullable DisposableServer made) implements AutoCloseable {

    /**
     * @param said      the value of {@code --target}
     * @param instances opens a running server
     */
    public static ChosenTarget choose(
            Optional<String> said,
            PageFile page,
            Instances instances,
            Map<String, String> environment,
            Terminal terminal)
            throws CommandException, InterruptedException {
        if (said.isPresent()) {
            return new ChosenTarget(given(said.get(), page, instances, terminal), null);
        }
        Path folder = RunningInstance.defaultDataFolder(environment);
        Optional<RunningInstance> running = RunningInstance.on(folder);
        if (running.isPresent() && running.get().page().equals(page.page().id())) {
            terminal.say("looking at the server that runs on " + folder);
            return new ChosenTarget(open(folder, instances), null);
        }
        running.ifPresent(other -> terminal.say("the server that runs on " + folder + " enforces the page "
                + other.page() + ", not " + page.page().id() + "; leaving it alone"));
        return disposable(page, instances, terminal);
    }

    private static Target given(String said, PageFile page, Instances instances, Terminal terminal)
            throws CommandException {
        if (said.contains("://")) {
            return SiteTarget.of(said);
        }
        Path path = Path.of(said);
        if (Files.isDirectory(path)) {
            RunningInstance running = RunningInstance.on(path)
                    .orElseThrow(() -> CommandException.couldNotTell("no server runs on the data folder " + path + " ("
                            + (Files.exists(RunningInstance.file(path))
                                    ? "the process that " + RunningInstance.file(path) + " names is gone"
                                    : "there is no " + RunningInstance.file(path))
                            + "). Start one: ./aver up --data " + path));
            if (!running.page().equals(page.page().id())) {
                throw CommandException.wrongUse("the server on " + path + " enforces the page " + running.page()
                        + ", not "
                        + page.page().id() + ", and a page is proven under its own policy. Restart it with --page "
                        + page.path() + ", or leave --target out for a disposable server.");
            }
            return open(path, instances);
        }
        if (Files.isRegularFile(path)) {
            return file(path, terminal);
        }
        throw CommandException.wrongUse("the target \"" + said
                + "\" is neither an https URL nor a folder or file that exists. Give a site's address, the data folder of a"
                + " running server, or a target file.");
    }

    /** The system that a target file describes. */
    public static Target file(Path path, Terminal terminal) throws CommandException {
        return switch (TargetFile.read(path)) {
            case TargetFile.Result.Read(Target target) -> target;
            case TargetFile.Result.Refused(List<TargetFile.Mistake> mistakes) -> {
                mistakes.forEach(mistake ->
                        terminal.err().println(path + ":" + Math.max(1, mistake.line()) + ": " + mistake.message()));
                throw CommandException.wrongUse("the target file " + path
                        + " is refused for what is said above; nothing" + " was looked at. Correct it and run again.");
            }
        };
    }

    private static Target open(Path folder, Instances instances) throws CommandException {
        try {
            return instances.open(folder);
        } catch (IOException e) {
            throw CommandException.couldNotTell("the server on " + folder + " can't be looked at (" + e.getMessage()
                    + "). Run this as the user who runs it, or start it again.");
        }
    }

    private static ChosenTarget disposable(PageFile page, Instances instances, Terminal terminal)
            throws CommandException, InterruptedException {
        terminal.say("starting a disposable server under the policy of "
                + page.page().id());
        DisposableServer server;
        try {
            server = DisposableServer.start(
                    DisposableServer.Start.of(ServerLibraries.of(System.getProperties()), page.path())
                            .with(StandIns.of(page.page())));
        } catch (InstanceException e) {
            throw CommandException.couldNotTell(e.reason());
        }
        try {
            return new ChosenTarget(open(server.dataFolder(), instances), server);
        } catch (CommandException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (made != null) {
            made.close();
        }
    }
}
