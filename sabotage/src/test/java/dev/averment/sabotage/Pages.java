package dev.averment.sabotage;

import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.claims.Page;
import dev.averment.sabotage.instance.Launch;
import dev.averment.sabotage.instance.ServerLibraries;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The six pages of the project, as their files are. */
final class Pages {
    static final List<String> ALL = List.of("self", "racing", "measures", "workflow", "media", "tutoring");

    private Pages() {}

    static Path file(String id) {
        return Path.of("..", "pages", id + ".yaml");
    }

    static Page page(String id) throws Exception {
        return switch (PageLoader.installed()
                .load(file(id), InstantSource.system().instant())) {
            case LoadResult.Loaded loaded -> loaded.page();
            case LoadResult.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    static Launch launch(String id) throws Exception {
        return Launch.of(ServerLibraries.of(System.getProperties()), file(id), page(id));
    }
}
