package dev.averment.server.proving;

import dev.averment.checks.Target;
import java.util.concurrent.CompletableFuture;

/** This server as a target, known once it listens; checks that are due earlier wait for it. */
public final class SelfTarget {
    private final CompletableFuture<Target> target = new CompletableFuture<>();

    /** Called once, when the server listens. */
    public void ready(Target self) {
        target.complete(self);
    }

    public Target target() {
        return target.join();
    }
}
